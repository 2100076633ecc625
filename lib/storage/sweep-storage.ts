import { clockOffsetMs } from '../clock'
import { storage } from '.'

const DAY_MS = 24 * 3_600_000

/**
 * Removes what uploads have left that died with their process, a day after. To be called once a day.
 * @param at business time.
 * @returns how many files there were.
 */
export function sweepStorage(at: Date): Promise<number> {
  return storage().removeUnfinished(new Date(at.getTime() - clockOffsetMs() - DAY_MS))
}
