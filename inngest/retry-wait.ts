const SECOND_MS = 1_000
const LONGEST_MS = 30 * 60_000

/**
 * How long to wait after an attempt that failed: 1 s doubled with each attempt, 30 minutes at most, and up to a second
 * on top, so that what failed together doesn't come back together.
 * @param attempt the 0-based attempt that failed.
 * @param random from 0 up to 1.
 */
export function retryWaitMs(attempt: number, random: number): number {
  return Math.min(SECOND_MS * 2 ** attempt, LONGEST_MS) + Math.floor(random * SECOND_MS)
}
