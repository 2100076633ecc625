import type { FlowState } from '../flow/flow-state'
import { readBatches, readPendingStarts, readRateLimitStarts, readSingletons, readThrottles } from '../store/read-flow'
import type { Queryable } from '../store/rows'
import type { Call } from './dispatcher'

/** All of flow control's memory as the tables have it. */
export async function readFlow(db: Queryable) {
  const [batches, pending, rateLimitStarts, singletons, throttles] = await Promise.all([
    readBatches(db),
    readPendingStarts(db),
    readRateLimitStarts(db),
    readSingletons(db),
    readThrottles(db),
  ])
  return { batches, pending, rateLimitStarts, singletons, throttles }
}

/**
 * Makes flow control's memory agree with the tables.
 * @param calls what is under way: the start that such a call has spent of a throttle may not be written yet.
 */
export function restoreFlow(
  flow: FlowState,
  stored: Awaited<ReturnType<typeof readFlow>>,
  calls: Iterable<Call>,
): void {
  flow.clear()
  for (const batch of stored.batches) flow.batches.put(batch)
  for (const start of stored.pending) flow.pending.put(start)
  for (const start of stored.rateLimitStarts) flow.rateLimits.add(start)
  for (const { key, runId } of stored.singletons) flow.singletons.take(key, runId)
  for (const { key, arrivalAt } of stored.throttles) flow.throttles.note(key, arrivalAt)
  for (const { throttle } of calls) if (throttle) flow.throttles.note(throttle.key, throttle.arrivalAt)
}
