'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { startAgain } from './actions'

/** @param from the step to begin at; absent: the start. */
export function RunAgain({
  runId,
  functionId,
  hasOpenLetter,
  from,
}: {
  runId: string
  functionId: string
  hasOpenLetter: boolean
  from?: { id: string; name: string }
}) {
  const what = from
    ? `A new run begins for the same event. It keeps the results of all that was done before ${from.name}, and does everything from there on again.`
    : 'A new run begins for the same event, and does everything again.'
  const rest = hasOpenLetter ? ' This run stays as it is, and so does its dead letter.' : ' This run stays as it is.'
  return (
    <ActDialog
      trigger={from ? 'Run again from here…' : 'Run again…'}
      title={from ? `Run ${functionId} again from ${from.name}?` : `Run ${functionId} again?`}
      description={what + rest}
      verb="Run it again"
      doing="Starting…"
      act={startAgain}
      input={from ? { runId, fromStep: from.id } : { runId }}
      look="quiet"
      size="small"
    />
  )
}
