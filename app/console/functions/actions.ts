'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { pauseFunction, resumeFunction } from '@/lib/functions/hold-function'

const which = z.object({ functionId: z.string() })

export const pause = operatorAct(which, async (actor, { functionId }) => {
  const answer = await pauseFunction(actor, functionId)
  return answer.ok ? { ok: true, message: `${functionId} is paused.` } : answer
})

export const resume = operatorAct(which, async (actor, { functionId }) => {
  const answer = await resumeFunction(actor, functionId)
  return answer.ok ? { ok: true, message: `${functionId} goes on.` } : answer
})
