'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { cancelRun } from '@/lib/runs/cancel-run'
import { runAgain } from '@/lib/runs/run-again'
import { skipSleep } from '@/lib/runs/skip-sleep'

export const cancel = operatorAct(z.object({ runId: z.string() }), async (actor, { runId }) => {
  const answer = await cancelRun(actor, runId)
  return answer.ok ? { ok: true, message: 'The run is cancelled.' } : answer
})

const sleep = z.object({ runId: z.string(), stepId: z.string() })

export const wake = operatorAct(sleep, async (actor, input) => {
  const answer = await skipSleep(actor, input)
  return answer.ok ? { ok: true, message: `The sleep ${answer.stepName} is over.` } : answer
})

const again = z.object({ runId: z.string(), fromStep: z.string().optional() })

export const startAgain = operatorAct(again, async (actor, input) => {
  const answer = await runAgain(actor, input)
  if (!answer.ok) return answer
  const { runId, functionId } = answer
  return { ok: true, message: `A new run of ${functionId} is on its way.`, href: `/console/runs/${runId}` }
})
