'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { stop } from '../actions'

/** Ends a change that is under way. */
export function StopButton({ bulkUpdateId }: { bulkUpdateId: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Stop…"
      title="Stop this change?"
      description="The part that is under way is the last one. What was changed until then stays so."
      verb="Stop it"
      doing="Stopping…"
      act={stop}
      input={{ bulkUpdateId }}
    />
  )
}
