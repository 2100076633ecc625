import { limitKeysOf } from '../flow/concurrency'
import type { Scope } from '../flow/expression'
import { keyText } from '../flow/key'
import { priorityOf } from '../flow/priority'
import { singletonKeyOf } from '../flow/singleton'
import { startTimeoutAt } from '../flow/timeouts'
import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import type { Invoker, Run } from '../model/run'
import { matchKeyOf } from '../trigger/match-key'
import type { Draft } from './draft'

const year = 365 * 24 * 3_600_000

/** What a run is made for: an event, and the run and step that invoked it; or all the events of a batch. */
export type RunFor = { event: StoredEvent; parent?: Invoker } | { events: StoredEvent[]; batchId: string }

/**
 * Makes a run of a function; it starts at its event's `ts` where that lies ahead. A batch starts now, and counts for
 * flow control as its first event.
 */
export function startRun(draft: Draft, fn: RegisteredFunction, what: RunFor): Run {
  const { events, batchId, parent } =
    'event' in what ? { events: [what.event], batchId: null, parent: what.parent } : { ...what, parent: undefined }
  const [first] = events
  if (!first) throw new Error(`a run of ${fn.id} without an event`)
  const startAt = batchId === null ? Math.max(draft.now, first.ts) : draft.now
  const scope = { event: JSON.parse(first.body) }
  const run: Run = {
    id: draft.newId(),
    functionId: fn.id,
    status: 'queued',
    events,
    createdAt: draft.now,
    startedAt: null,
    endedAt: null,
    output: null,
    error: null,
    version: null,
    score: startAt - priorityOf(fn.config, scope) * 1_000,
    limitKeys: limitKeysOf(fn, scope),
    throttleKey: throttleKeyOf(fn, scope),
    singletonKey: singletonKeyOf(fn, () => scope),
    batchId,
    parentRunId: parent?.runId ?? null,
    parentStepId: parent?.stepId ?? null,
    steps: new Map(),
    items: new Map(),
    waits: new Map(),
  }
  draft.createRun(run)
  draft.addItem(run, 'discovery', startAt)
  const timeoutAt = startTimeoutAt(fn.config, startAt)
  if (timeoutAt !== undefined) draft.addItem(run, 'start-timeout', timeoutAt)
  watchForCancel(draft, fn, run, scope)
  return run
}

function throttleKeyOf(fn: RegisteredFunction, scope: Scope): string | null {
  const { throttle } = fn.config
  return throttle ? `${fn.id} ${keyText(throttle.key, scope)}` : null
}

function watchForCancel(draft: Draft, fn: RegisteredFunction, run: Run, scope: { event: unknown }): void {
  for (const [i, cancel] of (fn.config.cancel ?? []).entries()) {
    draft.addWait(run, {
      runId: run.id,
      stepId: `cancel:${i}`,
      kind: 'cancel',
      eventName: cancel.event,
      expression: cancel.if ?? null,
      matchKey: matchKeyOf(cancel.if, scope.event),
      expiresAt: draft.now + (cancel.timeout ?? year),
    })
  }
}
