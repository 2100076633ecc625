const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Inngest's own table, by the attempt that just failed; the last one repeats. */
const waits = [
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  hour,
  2 * hour,
]
const jitterMs = 30 * second

/**
 * How long an item waits before its next attempt, in milliseconds.
 * @param attempt the 0-based attempt that just failed.
 * @param random a number from 0 up to 1.
 */
export function retryWaitMs(attempt: number, random: number): number {
  return (waits[Math.min(attempt, waits.length - 1)] ?? 2 * hour) + Math.floor(random * jitterMs)
}

/** `Retry-After` as the app sent it (whole seconds, or a date) as a wait from `now`, held between 1 s and 24 h. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined
  const asked = /^\d{1,7}$/.test(header) ? Number(header) * second : Date.parse(header) - now
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, second), 24 * hour)
}

/** Wait after the nth transport failure in a row, in real milliseconds: the app is away, not wrong. */
export function transportWaitMs(failuresInARow: number): number {
  return Math.min(100 * 2 ** Math.max(0, failuresInARow - 1), 5 * second)
}

/** So many dropped connections in a row on one step, and the step itself is what ends the app's process. */
export const MAX_RESETS = 20
