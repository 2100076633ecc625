import { addDays } from '../time/calendar-date'
import { instantOf, wallClockOf } from '../time/zoned-instant'

/**
 * What the owner of a shop should know of an hour that the clocks of its zone skip on a day of the year ahead. Pure.
 * @returns undefined where they show it each day.
 * @throws RangeError for a zone that does not exist.
 */
export function skippedHourNote(hour: number, timeZone: string, from: Date): string | undefined {
  const { date: first } = wallClockOf(from, timeZone)
  const shownOn = (date: string) => wallClockOf(instantOf({ date, hour, minute: 0 }, timeZone), timeZone)
  const date = Array.from({ length: 366 }, (_, days) => addDays(first, days)).find((day) => shownOn(day).hour !== hour)
  if (!date) return undefined
  const shown = shownOn(date)
  const time = (h: number, m: number) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
  return `The clocks in ${timeZone} skip ${time(hour, 0)} on ${date}: that day it is ${time(shown.hour, shown.minute)}.`
}
