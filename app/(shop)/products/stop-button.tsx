'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import type { Act } from '@/app/_ui/use-act'

/** Ends work that goes on part by part. @param done what becomes of a part, as in `what was changed`. */
export function StopButton({ what, done, act, input }: { what: string; done: string; act: Act; input: object }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Stop…"
      title={`Stop this ${what}?`}
      description={`The part that is under way is the last one. What was ${done} until then stays so.`}
      verb="Stop it"
      doing="Stopping…"
      act={act}
      input={input}
    />
  )
}
