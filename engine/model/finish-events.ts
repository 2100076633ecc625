import { type StoredEvent, systemEvent } from './event'
import { newId } from './ids'
import type { Run } from './run'

const wireStatus = { completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' } as const

/** Runs that these events start raise none of their own, or a failing listener would call itself for ever. */
const quietTriggers = new Set(['inngest/function.failed', 'inngest/function.finished'])

/** What tells of a run's end: `finished` always, and `failed` or `cancelled` beside it. */
const names = {
  completed: ['inngest/function.finished'],
  failed: ['inngest/function.finished', 'inngest/function.failed'],
  cancelled: ['inngest/function.finished', 'inngest/function.cancelled'],
} as const

/**
 * The events that tell of a run's end.
 * @param run a run that has just ended.
 * @param isHeard whether anybody listens to events of a name. Mostly nobody does, and to make them all the same was a
 * sixth of what the engine allocates.
 */
export function finishEvents(
  run: Run,
  { now, realNow }: { now: number; realNow: number },
  isHeard: (name: string) => boolean,
): StoredEvent[] {
  const trigger = run.events[0]
  if (!trigger || quietTriggers.has(trigger.name) || run.status === 'queued' || run.status === 'running') return []
  const heard = names[run.status].filter(isHeard)
  if (heard.length === 0) return []
  const events = run.events.map((event) => JSON.parse(event.body))
  const data: Record<string, unknown> = {
    _inngest: { status: wireStatus[run.status] },
    event: events[0],
    events,
    function_id: run.functionId,
    run_id: run.id,
  }
  if (run.status === 'completed') data.result = run.output === null ? null : JSON.parse(run.output)
  if (run.error) Object.assign(data, { error: run.error, result: run.error })
  const make = (name: string, id: string, extra = {}) =>
    systemEvent({ name, data: { ...data, ...extra } }, newId(realNow), id, now, now)
  const correlation = run.parentRunId ? { correlation_id: `${run.parentRunId}.${run.parentStepId}` } : {}
  return heard.map((name) =>
    name === 'inngest/function.finished' ? make(name, newId(realNow), correlation) : make(name, run.id),
  )
}
