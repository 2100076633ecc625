'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Field, TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { randomKey } from '@/app/_ui/random-key'
import { useActForm } from '../../use-act-form'
import { adjust } from '../actions'

const changes = [
  { value: 'received', name: 'Received', quantity: 'Pieces received', hint: 'Added to what is on hand.' },
  { value: 'removed', name: 'Removed', quantity: 'Pieces removed', hint: 'Broken, lost, given away.' },
  { value: 'counted', name: 'Counted', quantity: 'Pieces counted', hint: 'Sets what is on hand.' },
] as const

/** Tells what has happened to pieces of a product. */
export function AdjustForm({ productId }: { productId: string }) {
  const [value, setValue] = useState<string>('received')
  // Sent twice, a form is one change. Its id is not the page's: who is quick has filled it in again before the next page.
  const [formId, setFormId] = useState(randomKey)
  const { ref, submit, fields, message, isPending } = useActForm(adjust, { productId, formId }, (_, form) => {
    form?.reset()
    setFormId(randomKey())
  })
  const change = changes.find((each) => each.value === value) ?? changes[0]
  return (
    <form ref={ref} onSubmit={submit} noValidate className="flex flex-col gap-2 border-t border-line pt-4">
      <div className="grid grid-cols-2 gap-x-4 gap-y-2">
        <Field label="What has happened" hint={change.hint} error={fields.change}>
          {(props) => (
            <select {...props} name="change" value={value} onChange={(event) => setValue(event.currentTarget.value)}>
              {changes.map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label={change.quantity}
          name="quantity"
          required
          inputMode="numeric"
          autoComplete="off"
          error={fields.quantity}
        />
      </div>
      <TextField label="Note" name="note" maxLength={200} error={fields.note} />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <div>
        <Button type="submit" look="quiet" disabled={isPending}>
          {isPending ? 'Recording…' : 'Record it'}
        </Button>
      </div>
    </form>
  )
}
