import { nextSlotAfter } from '../schedules/slots'
import { addDays } from '../time/calendar-date'
import { instantOf, wallClockOf } from '../time/zoned-instant'
import { type Period, periodBefore } from './find-period'
import { type ReportType, rhythmOf } from './report-schedules'

export type NextReport = { at: Date; period: Period }

/**
 * When the next report of a type comes to a shop by its schedule, and of which period. Slots of periods that were over
 * before there was the shop are left out. Pure.
 * @throws RangeError for a zone that does not exist.
 */
export function nextReportOf(
  type: ReportType,
  { timeZone, hour, createdAt }: { timeZone: string; hour: number; createdAt: Date },
  now: Date,
): NextReport {
  for (let at = now; ; ) {
    at = nextSlotAfter(rhythmOf(type, hour), timeZone, at)
    const period = periodBefore(type, wallClockOf(at, timeZone).date)
    const end = instantOf({ date: addDays(period.endDate, 1), hour: 0, minute: 0 }, timeZone)
    if (end > createdAt) return { at, period }
  }
}
