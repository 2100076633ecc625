import { addDays, type CalendarDate, daysBetween, startOfMonth, weekdayOfDate } from '../time/calendar-date'
import type { ReportType } from './report-schedules'

/** The days that a report tells of, both included. */
export type Period = { startDate: CalendarDate; endDate: CalendarDate }

const MONDAY = 1

/** The period that is over on a date: the day, the week from Monday to Sunday, or the month before it. Pure. */
export function periodBefore(type: ReportType, date: CalendarDate): Period {
  if (type === 'daily') return periodOf(type, addDays(date, -1))
  if (type === 'monthly') return periodOf(type, startOfMonth(date, -1))
  return periodOf(type, addDays(date, -7))
}

/** The day, week or month that a date is in. Pure. */
export function periodOf(type: ReportType, date: CalendarDate): Period {
  if (type === 'daily') return { startDate: date, endDate: date }
  if (type === 'monthly') return { startDate: startOfMonth(date), endDate: addDays(startOfMonth(date, 1), -1) }
  const startDate = addDays(date, -((weekdayOfDate(date) - MONDAY + 7) % 7))
  return { startDate, endDate: addDays(startDate, 6) }
}

/**
 * The period that another one is shown beside: the one before it, of the same type; of days that are none of a type's own,
 * as many days before them. Pure.
 */
export function periodBeforeThat(type: ReportType, { startDate, endDate }: Period): Period {
  const own = periodOf(type, startDate)
  if (own.startDate === startDate && own.endDate === endDate) return periodBefore(type, startDate)
  const days = daysBetween(startDate, endDate) + 1
  return { startDate: addDays(startDate, -days), endDate: addDays(startDate, -1) }
}

const DAYS_OF_A_DAILY_CHART = 7

/** The days of a report's chart, oldest first: those of the period, or the last seven up to it where it is one day. Pure. */
export function chartDays({ startDate, endDate }: Period): CalendarDate[] {
  const days = startDate === endDate ? DAYS_OF_A_DAILY_CHART : daysBetween(startDate, endDate) + 1
  return Array.from({ length: days }, (_, i) => addDays(endDate, i + 1 - days))
}

const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A period as people say it, such as `Tuesday, 24 November 2026` or `16–22 November 2026`. Pure. */
export function periodWords(type: ReportType, { startDate, endDate }: Period): string {
  const [start, end] = [new Date(startDate), new Date(endDate)]
  if (startDate === endDate) return full.format(start)
  if (type === 'monthly') return month.format(start)
  // Some versions of Node's own data put thin spaces around the dash.
  return long.formatRange(start, end).replace(/\s*–\s*/, '–')
}
