'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { pause, resume } from './actions'

/** Pauses a function, or lets it go again. It stands above its line's link, and goes under the table's head. */
export function HoldButton({ functionId, isPaused }: { functionId: string; isPaused: boolean }) {
  const face = { size: 'small', input: { functionId } } as const
  return isPaused ? (
    <ActDialog
      {...face}
      look="quiet"
      className="relative z-[1]"
      trigger="Resume…"
      aria-label={`Resume… ${functionId}`}
      title={`Resume ${functionId}?`}
      description="Its runs go on where they were held, and events and its schedule start it again. What came while it was paused has passed it by, and does not come back."
      verb="Resume it"
      doing="Resuming…"
      act={resume}
    />
  ) : (
    <ActDialog
      {...face}
      look="bare"
      className="relative z-[1] -ml-3 sm:ml-0"
      trigger="Pause…"
      aria-label={`Pause… ${functionId}`}
      title={`Pause ${functionId}?`}
      description="Nothing starts it until it is resumed: events and ticks of its schedule that come meanwhile pass it by for good. Runs that have begun make no further call, and wait."
      verb="Pause it"
      doing="Pausing…"
      act={pause}
    />
  )
}
