'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { several } from '@/app/_ui/words'
import type { Selection } from '@/lib/products/bulk/selection'
import { change } from './actions'

/** Makes the change that was previewed. */
export function ApplyButton({
  count,
  ...input
}: {
  count: number
  selection: Selection
  kind: string
  value: string
  formId: string
}) {
  const products = several(count, 'product')
  return (
    <ActDialog
      trigger={`Change ${products}…`}
      title={`Change ${products}?`}
      description="It goes on by itself, and can be stopped; what was changed until then stays so."
      verb="Change them"
      doing="Asking for it…"
      act={change}
      input={input}
    />
  )
}
