'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { wake } from './actions'

/** @param due when the step would wake by itself, in words; null where that isn't known. */
export function SkipSleep({
  runId,
  functionId,
  step,
  due,
}: {
  runId: string
  functionId: string
  step: { id: string; name: string }
  due: string | null
}) {
  return (
    <ActDialog
      trigger="Skip sleep…"
      title={`Wake this run of ${functionId}?`}
      description={`Its sleep ${step.name} ends now${due ? ` instead of ${due}` : ''}, and the run goes on. Time itself stays as it is.`}
      verb="Skip the sleep"
      doing="Waking…"
      act={wake}
      input={{ runId, stepId: step.id }}
      look="quiet"
      size="small"
    />
  )
}
