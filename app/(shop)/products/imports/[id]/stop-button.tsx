'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { stopImport } from '../actions'

/** Ends an import that is under way. */
export function StopButton({ importId }: { importId: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Stop…"
      title="Stop this import?"
      description="The part that is under way is the last one. What was written until then stays so."
      verb="Stop it"
      doing="Stopping…"
      act={stopImport}
      input={{ importId }}
    />
  )
}
