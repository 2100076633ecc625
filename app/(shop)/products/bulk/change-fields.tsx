'use client'

import Form from 'next/form'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Field, TextField } from '@/app/_ui/field'
import { kinds } from './words'

/** What should change. Nothing does until it was previewed. */
export function ChangeFields({
  hidden,
  chosen,
  error,
}: {
  hidden: [string, string][]
  chosen: { kind: string; value: string }
  error?: string | undefined
}) {
  const [value, setValue] = useState(chosen.kind)
  const kind = kinds.find((each) => each.value === value) ?? kinds[0]
  return (
    <Form action="/products/bulk" className="flex flex-col gap-2" noValidate>
      {hidden.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <Field label="What should change">
          {(props) => (
            <select {...props} name="kind" value={value} onChange={(event) => setValue(event.currentTarget.value)}>
              {kinds.map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind?.field ? (
          <TextField
            label={kind.field}
            name="value"
            hint={kind.hint}
            error={error}
            defaultValue={chosen.value}
            autoComplete="off"
          />
        ) : null}
      </div>
      <div>
        <Button type="submit" look="quiet">
          Preview
        </Button>
      </div>
    </Form>
  )
}
