/** A throttle: so many starts a period, and so many more at once after a quiet time. */
export type Throttle = { limit: number; period: number; burst?: number }

/** Spacings such as 1000/3 ms would else miss their own instant by rounding. */
const GRACE_MS = 0.5

/**
 * The generic cell rate algorithm. Starts are spaced `period / limit` apart, and `limit + burst` of them may come at
 * once; what comes too early waits, and is never dropped.
 * @param arrivalAt the theoretical arrival of the next start, as the last one left it; 0 at first.
 * @returns the new arrival when the start may go ahead; else the instant to wait for, and the arrival as it then stands.
 */
export function admit(
  throttle: Throttle,
  arrivalAt: number,
  now: number,
): { arrivalAt: number } | { waitUntil: number; arrivalAt: number } {
  const limit = Math.max(1, throttle.limit)
  const spacing = throttle.period / limit
  const capacity = limit + (throttle.burst ?? 0)
  // No start leaves a later arrival than this. Where there is one, the machine's clock was set back since, or the
  // function is registered with another limit: the key would else be shut until the old time comes again, be it a year.
  const arrival = Math.min(arrivalAt, now + capacity * spacing + GRACE_MS)
  const earliest = arrival - (capacity - 1) * spacing
  if (now + GRACE_MS < earliest) return { waitUntil: Math.ceil(earliest), arrivalAt: arrival }
  return { arrivalAt: Math.max(now, arrival) + spacing }
}
