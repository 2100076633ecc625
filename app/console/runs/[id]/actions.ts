'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { cancelRun } from '@/lib/runs/cancel-run'

export const cancel = operatorAct(z.object({ runId: z.string() }), async (actor, { runId }) => {
  const answer = await cancelRun(actor, runId)
  return answer.ok ? { ok: true, message: 'The run is cancelled.' } : answer
})
