'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextArea, TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useActForm } from '../use-act-form'
import { create, save } from './actions'

export type FormValues = { title: string; sku: string; price: string; lowStockLevel: string; description: string }

const nothing: FormValues = { title: '', sku: '', price: '', lowStockLevel: '5', description: '' }

/**
 * What a product is. The same form adds one and edits one.
 * @param currency what its price is in.
 * @param edited the product that is edited, and when it was changed last, as the reader saw it when the page was opened: what
 *   somebody else changes while it is open must not be written over, though the rest of the page be made anew.
 */
export function ProductForm({
  currency,
  edited,
}: {
  currency: string
  edited?: { productId: string; seenAt: string; values: FormValues }
}) {
  const { values = nothing, productId } = edited ?? {}
  const [seenAt, setSeenAt] = useState(edited?.seenAt)
  const { ref, submit, fields, message, isPending } = useActForm(
    edited ? save : create,
    edited ? { productId, seenAt } : {},
    (answer) => setSeenAt(answer.seenAt),
  )
  const [verb, doing] = edited ? ['Save changes', 'Saving…'] : ['Add product', 'Adding…']
  return (
    <form ref={ref} onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField label="Title" name="title" defaultValue={values.title} required error={fields.title} />
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <TextField
          label="SKU"
          name="sku"
          defaultValue={values.sku}
          required
          autoComplete="off"
          spellCheck={false}
          hint="Unique in your shop."
          error={fields.sku}
        />
        <TextField
          label={`Price in ${currency}`}
          name="price"
          defaultValue={values.price}
          required
          inputMode="decimal"
          autoComplete="off"
          error={fields.price}
        />
        {edited ? null : (
          <TextField
            label="On hand"
            name="onHand"
            defaultValue="0"
            required
            inputMode="numeric"
            autoComplete="off"
            hint="How many pieces there are now."
            error={fields.onHand}
          />
        )}
        <TextField
          label="Low stock at"
          name="lowStockLevel"
          defaultValue={values.lowStockLevel}
          required
          inputMode="numeric"
          autoComplete="off"
          hint="With so many available, or fewer, it is marked."
          error={fields.lowStockLevel}
        />
      </div>
      <TextArea
        label="Description"
        name="description"
        defaultValue={values.description}
        rows={6}
        hint="Customers read it below the picture."
        error={fields.description}
      />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <div>
        <Button type="submit" disabled={isPending}>
          {isPending ? doing : verb}
        </Button>
      </div>
    </form>
  )
}
