import type { FlowControl } from '../model/flow-control'

/** How a start that is put off stands: since when, and for the event of which time. */
export type PutOff = { firstAt: number; eventTs: number }

/**
 * A debounce. Every event puts its key's start off by `period`, counted from now; `timeout` after the first event it
 * is put off no longer. The run is for the event with the newest `ts`, of two with the same for the one that came last.
 * @param pending the key's start that is put off already.
 */
export function debounced(
  { period, timeout }: NonNullable<FlowControl['debounce']>,
  pending: PutOff | undefined,
  eventTs: number,
  now: number,
): { firstAt: number; dueAt: number; isNewest: boolean } {
  const firstAt = pending?.firstAt ?? now
  const latest = timeout === undefined ? Number.POSITIVE_INFINITY : firstAt + timeout
  return { firstAt, dueAt: Math.min(now + period, latest), isNewest: !pending || eventTs >= pending.eventTs }
}
