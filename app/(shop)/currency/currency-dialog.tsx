'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { Field } from '@/app/_ui/field'
import { choose } from './actions'

/** Chooses what a shop is priced in. */
export function CurrencyDialog({
  currencies,
  chosen,
}: {
  currencies: { code: string; name: string }[]
  chosen: string
}) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Choose another…"
      title="What are your prices in?"
      description="It can be chosen until the first product is in the shop."
      verb="Choose it"
      doing="Choosing…"
      act={choose}
    >
      {() => (
        <Field label="Currency">
          {(props) => (
            <select {...props} name="currency" defaultValue={chosen}>
              {currencies.map(({ code, name }) => (
                <option key={code} value={code}>
                  {code} · {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </ActDialog>
  )
}
