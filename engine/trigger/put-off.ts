import type { Draft } from '../execution/draft'
import { debounced } from '../flow/debounce'
import type { Scope } from '../flow/expression'
import { keyText } from '../flow/key'
import { invokerOfStart } from '../flow/pending-starts'
import type { FlowControl } from '../model/flow-control'
import type { RegisteredFunction } from '../model/function'
import type { Asked } from './admit'
import { refuse } from './refuse'

/**
 * Puts a start off until its key is quiet. A run that had invoked the function for an event that is now replaced hears
 * of it: it would else wait for an end that never comes.
 * @returns why this very event starts nothing, where a newer one is waiting.
 */
export function putOff(
  draft: Draft,
  fn: RegisteredFunction,
  option: NonNullable<FlowControl['debounce']>,
  { event, parent }: Asked,
  scope: Scope,
): string | undefined {
  const key = keyText(option.key, scope)
  const found = draft.flow.pending.debouncedFor(fn.id, key)
  // One whose time has come is as good as started: this event begins anew.
  const pending = found && found.dueAt > draft.now ? found : undefined
  const { firstAt, dueAt, isNewest } = debounced(option, pending, event.ts, draft.now)
  const newest = {
    eventId: event.id,
    eventTs: event.ts,
    parentRunId: parent?.runId ?? null,
    parentStepId: parent?.stepId ?? null,
  }
  const start = {
    ...(pending ?? { id: draft.newId(), kind: 'debounce' as const, functionId: fn.id, key }),
    ...(pending && !isNewest ? pending : newest),
    firstAt,
    dueAt,
  }
  draft.changes.put('pendingStart', start)
  draft.flow.pending.put(start)
  if (!isNewest) return 'debounced: a newer event waits'
  const replaced = pending && invokerOfStart(pending)
  if (replaced) refuse(draft, replaced, 'debounced: a later event took its place', pending)
  return undefined
}
