'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { cancel } from './actions'

export function CancelRun({ runId, functionId }: { runId: string; functionId: string }) {
  return (
    <ActDialog
      trigger="Cancel…"
      title={`Cancel this run of ${functionId}?`}
      description="It does nothing more. What its steps have done already stays done; a step that is under way is finished, and its result is not used."
      verb="Cancel the run"
      doing="Cancelling…"
      act={cancel}
      input={{ runId }}
      look="danger"
      size="small"
      isDanger
    />
  )
}
