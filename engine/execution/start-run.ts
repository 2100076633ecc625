import { limitKeysOf } from '../flow/concurrency'
import { evaluate } from '../flow/expression'
import { priorityOf } from '../flow/priority'
import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import type { Run } from '../model/run'
import { matchKeyOf } from '../trigger/match-key'
import type { Draft } from './draft'

const year = 365 * 24 * 3_600_000

/**
 * Makes a run of a function for an event; it starts at the event's `ts` where that lies ahead.
 * @param parent the run and step that invoked it.
 */
export function startRun(
  draft: Draft,
  fn: RegisteredFunction,
  event: StoredEvent,
  parent?: { runId: string; stepId: string },
): Run {
  const startAt = Math.max(draft.now, event.ts)
  const scope = { event: JSON.parse(event.body) }
  const run: Run = {
    id: draft.newId(),
    functionId: fn.id,
    status: 'queued',
    events: [event],
    createdAt: draft.now,
    startedAt: null,
    endedAt: null,
    output: null,
    error: null,
    version: null,
    score: startAt - priorityOf(fn.config, scope) * 1_000,
    limitKeys: limitKeysOf(fn, scope),
    throttleKey: throttleKeyOf(fn, scope),
    parentRunId: parent?.runId ?? null,
    parentStepId: parent?.stepId ?? null,
    steps: new Map(),
    items: new Map(),
    waits: new Map(),
  }
  draft.createRun(run)
  draft.addItem(run, 'discovery', startAt)
  const startLimit = fn.config.timeouts?.start
  if (startLimit) draft.addItem(run, 'start-timeout', startAt + startLimit)
  watchForCancel(draft, fn, run, scope)
  return run
}

function throttleKeyOf(fn: RegisteredFunction, scope: { event: unknown }): string | null {
  const { throttle } = fn.config
  if (!throttle) return null
  return `${fn.id} ${throttle.key ? JSON.stringify(evaluate(throttle.key, scope) ?? null) : ''}`
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
