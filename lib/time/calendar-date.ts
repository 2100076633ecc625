const DAY_MS = 24 * 3_600_000

/** A date without a time, such as `2026-03-08`. Such texts sort as the dates do. */
export type CalendarDate = string

const shape = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text is a date that the calendar has. */
export function isCalendarDate(text: string): boolean {
  return shape.test(text) && !Number.isNaN(msOf(text)) && dateOf(msOf(text)) === text
}

/** The date so many days later, or earlier where the number is negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(msOf(date) + days * DAY_MS)
}

/** How many days lie between two dates: 1 from one to the next. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((msOf(to) - msOf(from)) / DAY_MS)
}

/** The first day of the month that is so many months later. */
export function startOfMonth(date: CalendarDate, months = 0): CalendarDate {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return dateOf(Date.UTC(year, month - 1 + months, 1))
}

/** 0 for Sunday, 1 for Monday, up to 6. */
export function weekdayOfDate(date: CalendarDate): number {
  return new Date(msOf(date)).getUTCDay()
}

/** The date that an instant has in UTC, where the clock shows `ms`. */
export function dateOf(ms: number): CalendarDate {
  return new Date(ms).toISOString().slice(0, 10)
}

/** Midnight of the date on a clock of UTC, in milliseconds. */
export function msOf(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}
