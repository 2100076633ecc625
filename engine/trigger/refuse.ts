import type { Draft } from '../execution/draft'
import { resolvePending } from '../execution/resolve'
import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import { canonicalJson } from '../model/json'
import type { Invoker } from '../model/run'
import type { PendingStart } from '../model/start'

/** What a run reads whose invocation starts nothing. */
export function refusedMemo(reason: string): string {
  return canonicalJson({ error: { name: 'Error', message: `invoked function is ${reason}` } })
}

/** Tells an invoking run that nothing starts for it. False where it is not in memory. */
export function tellInvoker(draft: Draft, invoker: Invoker, reason: string): boolean {
  const run = draft.runById(invoker.runId)
  if (run) resolvePending(draft, run, invoker.stepId, refusedMemo(reason))
  return run !== undefined
}

/** As `tellInvoker`; where the run is not in memory, as soon as it has been read. */
export function refuse(
  draft: Draft,
  invoker: Invoker,
  reason: string,
  { functionId, eventId, eventTs }: Pick<PendingStart, 'functionId' | 'eventId' | 'eventTs'>,
): void {
  if (!tellInvoker(draft, invoker, reason))
    keep(draft, 'refusal', { functionId, eventId, eventTs, key: reason }, invoker)
}

/** Notes a start that is decided once what it depends on has been brought into memory, which is at once. */
export function defer(
  draft: Draft,
  fn: RegisteredFunction,
  kind: 'idempotency' | 'singleton',
  key: string,
  { event, parent }: { event: StoredEvent; parent?: Invoker },
): undefined {
  keep(draft, kind, { functionId: fn.id, eventId: event.id, eventTs: event.ts, key }, parent)
}

function keep(
  draft: Draft,
  kind: PendingStart['kind'],
  about: Pick<PendingStart, 'functionId' | 'eventId' | 'eventTs' | 'key'>,
  invoker: Invoker | undefined,
): void {
  const { runId = null, stepId = null } = invoker ?? {}
  const { now } = draft
  const start = {
    id: draft.newId(),
    kind,
    ...about,
    firstAt: now,
    dueAt: now,
    parentRunId: runId,
    parentStepId: stepId,
  }
  draft.changes.put('pendingStart', start)
  draft.flow.pending.put(start)
}
