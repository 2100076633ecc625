/** A throttle: so many starts a period, and so many more at once after a quiet time. */
export type Throttle = { limit: number; period: number; burst?: number }

/**
 * The generic cell rate algorithm. Starts are spaced `period / limit` apart, and `limit + burst` of them may come at
 * once; what comes too early waits, and is never dropped.
 * @param arrivalAt the theoretical arrival of the next start, as the last one left it; 0 at first.
 * @returns the new arrival when the start may go ahead, or the instant to wait for.
 */
export function admit(
  throttle: Throttle,
  arrivalAt: number,
  now: number,
): { arrivalAt: number } | { waitUntil: number } {
  const limit = Math.max(1, throttle.limit)
  const spacing = throttle.period / limit
  const capacity = limit + (throttle.burst ?? 0)
  const earliest = arrivalAt - (capacity - 1) * spacing
  // Half a millisecond of grace: spacings such as 1000/3 ms would else miss their own instant by rounding.
  if (now + 0.5 < earliest) return { waitUntil: Math.ceil(earliest) }
  return { arrivalAt: Math.max(now, arrivalAt) + spacing }
}
