import { z } from 'zod'
import { APP_ID, ownFunctionId } from './app-id'
import { askEngine, hasOwnEngine } from './engine-api'

/** Why the engine did not do what it was asked. */
export type Refused = 'not-ours' | 'away' | (typeof codes)[number]
export type ControlAnswer<T = void> = { ok: true; value: T } | { ok: false; why: Refused }

const codes = [
  'no-run',
  'no-step',
  'ended',
  'not-asleep',
  'not-ended',
  'not-registered',
  'paused',
  'another-is-active',
  'no-function',
] as const

const refusal = z.object({ code: z.enum(codes) })

/** Words for what may go wrong with any of the controls; the verbs have their own for the rest. */
export const controlWords = {
  'not-ours': 'Only the embedded engine can do this, and here another Inngest server drives the app.',
  away: 'The engine can’t be reached. Try again in a moment.',
  'no-run': 'The engine no longer knows this run.',
} as const

/** `POST /dev/runs/{id}/skip-sleep`: a step that sleeps wakes now. */
export async function skipSleepAtEngine(runId: string, stepId: string): Promise<ControlAnswer<unknown>> {
  return control(`/dev/runs/${encodeURIComponent(runId)}/skip-sleep`, { stepId }, z.unknown())
}

/**
 * `POST /dev/runs/{id}/rerun`: a new run for the same events.
 * @param fromStep the step that it begins at, with the results of what was done before; undefined: from the start.
 */
export async function rerunAtEngine(runId: string, fromStep?: string): Promise<ControlAnswer<{ runId: string }>> {
  const body = fromStep === undefined ? {} : { fromStep }
  return control(`/dev/runs/${encodeURIComponent(runId)}/rerun`, body, z.object({ runId: z.string() }))
}

/** `POST /dev/functions/{id}/pause` and `/resume`, by our own id of the function. */
export async function holdAtEngine(functionId: string, isPaused: boolean): Promise<ControlAnswer<unknown>> {
  const id = encodeURIComponent(`${APP_ID}-${functionId}`)
  return control(`/dev/functions/${id}/${isPaused ? 'pause' : 'resume'}`, {}, z.unknown())
}

const functionState = z
  .object({ id: z.string(), pausedAt: z.iso.datetime().nullable(), problem: z.string().nullable() })
  .transform(({ id, pausedAt, problem }) => ({
    functionId: ownFunctionId(id),
    pausedAt: pausedAt ? new Date(pausedAt) : null,
    problem,
  }))

/** `problem` is why the engine can't run the function as it was registered; it waits to be registered anew. */
export type FunctionState = z.infer<typeof functionState>

/** `GET /dev/functions`: how each function stands at the engine; undefined where the engine can't be asked. */
export async function listFunctionsAtEngine(): Promise<FunctionState[] | undefined> {
  const answer = await askEngine('GET', '/dev/functions')
  return z.object({ functions: z.array(functionState) }).safeParse(answer?.body).data?.functions
}

async function control<Schema extends z.ZodType>(
  path: string,
  body: object,
  schema: Schema,
): Promise<ControlAnswer<z.infer<Schema>>> {
  if (!hasOwnEngine()) return { ok: false, why: 'not-ours' }
  const answer = await askEngine('POST', path, body)
  const done = answer?.status === 200 ? schema.safeParse(answer.body) : undefined
  if (done?.success) return { ok: true, value: done.data }
  // Whatever else it answers (503 while it can't store, 401 by another key) it did not do it.
  return { ok: false, why: refusal.safeParse(answer?.body).data?.code ?? 'away' }
}
