import { z } from 'zod'
import { type Refusal, sleepSkipped, startAgain } from '../loop/operations/run-controls'
import { checked } from './body'
import type { Route } from './exchange'
import { Problem } from './problem'

const MAX_BODY_BYTES = 10_000

const stepId = z.string().regex(/^[0-9a-f]{40}$/, 'should be the step’s hashed id, 40 hex digits')
const skip = z.strictObject({ stepId })
const again = z.strictObject({ fromStep: stepId.optional() })

/** `POST /dev/runs/{id}/skip-sleep {stepId}`: a step that sleeps wakes now. */
export const skipSleepRoute: Route = {
  method: 'POST',
  path: '/dev/runs/:runId/skip-sleep',
  answer: async ({ engine, params, text }) => {
    const { stepId } = checked(skip, await text(MAX_BODY_BYTES))
    accepted(await engine.lane.submit(sleepSkipped(engine.world, params.runId ?? '', stepId)))
    engine.log.info({ runId: params.runId, stepId }, 'sleep skipped')
    return { status: 200, body: { runId: params.runId, stepId } }
  },
}

/** `POST /dev/runs/{id}/rerun {fromStep?}`: a new run for the same events; it tells its id. */
export const rerunRoute: Route = {
  method: 'POST',
  path: '/dev/runs/:runId/rerun',
  answer: async ({ engine, params, text }) => {
    const { fromStep } = checked(again, (await text(MAX_BODY_BYTES)) || '{}')
    const { runId } = accepted(await startAgain(engine, params.runId ?? '', fromStep))
    engine.log.info({ runId, of: params.runId, fromStep }, 'run started anew')
    return { status: 200, body: { runId } }
  },
}

function accepted<T>(outcome: T | Refusal): T {
  if (typeof outcome === 'object' && outcome !== null && 'refused' in outcome) {
    const { refused, message } = outcome
    throw new Problem(refused === 'no-run' || refused === 'no-step' ? 404 : 409, message, { code: refused })
  }
  return outcome as T
}
