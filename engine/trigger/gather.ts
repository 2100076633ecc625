import type { Draft } from '../execution/draft'
import { fits, joined } from '../flow/batch'
import type { Scope } from '../flow/expression'
import { keyText } from '../flow/key'
import type { StoredEvent } from '../model/event'
import type { FlowControl } from '../model/flow-control'
import type { RegisteredFunction } from '../model/function'
import type { Batch } from '../model/start'

/** Puts an event into its key's batch, or opens one. A batch that is full is due; the loop starts its run. */
export function gather(
  draft: Draft,
  fn: RegisteredFunction,
  option: NonNullable<FlowControl['batchEvents']>,
  event: StoredEvent,
  scope: Scope,
): undefined {
  const key = keyText(option.key, scope)
  const bytes = Buffer.byteLength(event.body)
  const open = draft.flow.batches.openFor(fn.id, key)
  if (open && !fits(open, bytes, option, draft.now)) startNow(draft, open)
  const batch = draft.flow.batches.openFor(fn.id, key) ?? opened(draft, fn, key, option.timeout)
  draft.changes.put('batchEvent', { eventId: event.id, functionId: fn.id, batchId: batch.id, place: batch.size })
  const grown = joined(batch, bytes, option, draft.now)
  draft.flow.batches.put(grown)
  if (grown.dueAt <= draft.now) startNow(draft, grown)
}

function opened(draft: Draft, fn: RegisteredFunction, key: string, timeout: number): Batch {
  const batch = { id: draft.newId(), functionId: fn.id, key, dueAt: draft.now + timeout, size: 0, bytes: 0 }
  draft.changes.put('batch', batch)
  return batch
}

function startNow(draft: Draft, batch: Batch): void {
  const due = { ...batch, dueAt: Math.min(batch.dueAt, draft.now) }
  draft.changes.put('batch', due)
  draft.flow.batches.put(due)
  draft.flow.batches.close(due)
}
