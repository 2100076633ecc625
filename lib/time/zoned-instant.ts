import { type CalendarDate, dateOf, msOf } from './calendar-date'

const MINUTE_MS = 60_000
/** Longer than any clock is set on or back at once, a whole day that a zone has left out included. */
const AROUND_MS = 30 * 3_600_000

/** What the clocks of a zone show. */
export type WallClock = { date: CalendarDate; hour: number; minute: number }

const formats = new Map<string, Intl.DateTimeFormat>()
const PARTS: Intl.DateTimeFormatOptions = {
  ...{ calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
}

/**
 * What the clocks of a zone show at an instant. Pure.
 * @throws RangeError for a zone that does not exist.
 */
export function wallClockOf(at: Date, timeZone: string): WallClock {
  const shown = shownAt(at.getTime(), timeZone)
  const clock = new Date(shown)
  return { date: dateOf(shown), hour: clock.getUTCHours(), minute: clock.getUTCMinutes() }
}

/**
 * The instant at which the clocks of a zone show a time. Where they are put forward over it, the next instant that
 * exists; where they show it twice, the first time. Pure.
 * @throws RangeError for a zone that does not exist.
 */
export function instantOf({ date, hour, minute }: WallClock, timeZone: string): Date {
  const wanted = msOf(date) + (hour * 60 + minute) * MINUTE_MS
  const found = [wanted - AROUND_MS, wanted + AROUND_MS]
    .map((near) => wanted - (shownAt(near, timeZone) - near))
    .filter((instant) => shownAt(instant, timeZone) === wanted)
  return new Date(found.length > 0 ? Math.min(...found) : endOfGap(wanted, timeZone))
}

/** In a gap clocks only go forward: the first minute at which they show more than what was wanted. */
function endOfGap(wanted: number, timeZone: string): number {
  let [before, from] = [(wanted - AROUND_MS) / MINUTE_MS, (wanted + AROUND_MS) / MINUTE_MS]
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (shownAt(middle * MINUTE_MS, timeZone) >= wanted) from = middle
    else before = middle
  }
  return from * MINUTE_MS
}

/** The time that the clocks show, as if they were those of UTC. */
function shownAt(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, ...PARTS })
  formats.set(timeZone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}
