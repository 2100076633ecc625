const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A length of time for a sentence, in its largest whole unit but one: `40 minutes`, `3 hours`, `2 days`. Pure. */
export function lengthWords(ms: number): string {
  if (ms >= 2 * DAY_MS) return count(ms / DAY_MS, 'day')
  if (ms >= 2 * HOUR_MS) return count(ms / HOUR_MS, 'hour')
  return count(ms / MINUTE_MS, 'minute')
}

/** How many of something there are: `1 run`, `3 runs`. Pure. */
export function count(amount: number, noun: string): string {
  const whole = Math.floor(amount)
  return `${whole} ${noun}${whole === 1 ? '' : 's'}`
}
