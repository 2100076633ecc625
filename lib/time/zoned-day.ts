import { addDays, weekdayOfDate } from './calendar-date'
import { instantOf, wallClockOf } from './zoned-instant'

/**
 * The instant at which a day begins in a zone: midnight, or the first that its clocks show of the day where they are put
 * forward over midnight. Pure.
 * @param at an instant of the day.
 * @param daysBefore how many days earlier: each as long as the zone's clocks make it.
 */
export function startOfDay(at: Date, timeZone: string, daysBefore = 0): Date {
  const date = addDays(wallClockOf(at, timeZone).date, -daysBefore)
  return instantOf({ date, hour: 0, minute: 0 }, timeZone)
}

/** The day of the week in a zone, 0 for Sunday. Pure. */
export function weekdayOf(at: Date, timeZone: string): number {
  return weekdayOfDate(wallClockOf(at, timeZone).date)
}
