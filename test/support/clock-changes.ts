import { addDays } from '@/lib/time/calendar-date'
import { instantOf, wallClockOf } from '@/lib/time/zoned-instant'

const DAY_MS = 24 * 3_600_000

/** The days of the year ahead that are no 24 hours long in a zone: the instants at which they begin. */
export function clockChanges(timeZone: string, from: Date): Date[] {
  const { date } = wallClockOf(from, timeZone)
  const start = (days: number) => instantOf({ date: addDays(date, days), hour: 0, minute: 0 }, timeZone)
  return Array.from({ length: 366 }, (_, i) => i + 1)
    .filter((days) => start(days + 1).getTime() - start(days).getTime() !== DAY_MS)
    .map(start)
}
