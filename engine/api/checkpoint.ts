import { z } from 'zod'
import { checkpointed } from '../loop/operations/run-operations'
import { checkpointOps, opSchema } from '../model/opcode'
import { checked } from './body'
import type { Route } from './exchange'
import { Problem } from './problem'

const MAX_BODY_BYTES = 16 * 1024 * 1024

const checkpoint = z.object({
  qi_id: z.string().max(255),
  request_id: z.string().max(255),
  steps: z
    .array(
      opSchema.refine(
        ({ op }) => checkpointOps.has(op),
        'a checkpoint takes steps that were run or planned, nothing else',
      ),
    )
    .max(1_000),
})

/**
 * `POST /v1/checkpoint/{run}/async`: the app saves steps within a call that goes on. A call that is no longer the
 * item's newest one is told 409, which the SDK takes as "stop"; it would try again on anything else.
 */
export const checkpointRoute: Route = {
  method: 'POST',
  path: '/v1/checkpoint/:runId/async',
  answer: async ({ engine, params, text }) => {
    const { qi_id: itemId, request_id: requestId, steps } = checked(checkpoint, await text(MAX_BODY_BYTES))
    const runId = params.runId ?? ''
    const call = engine.dispatcher.calls.get(itemId)
    const isCurrent = call?.requestId === requestId && call.state === 'calling' && call.item.runId === runId
    const found = isCurrent
      ? await engine.lane.submit(checkpointed(engine.world, { runId, itemId, ops: steps }))
      : 'stale'
    if (found === 'saved') return { status: 200 }
    // Told to stop, the app ends this call by an error that says nothing about the run.
    if (call && found === 'overtaken') call.isVoid = true
    // An engine that another one has replaced, and that has not noticed, does not know the calls of now: its "stop"
    // would fail a run that goes on.
    await engine.confirmLead()
    throw new Problem(409, 'this call is stale: its run has ended, or another call has taken its place')
  },
}
