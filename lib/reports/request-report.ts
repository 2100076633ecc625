import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db } from '../db'
import { publish } from '../outbox/publish'
import { daysBetween, isCalendarDate } from '../time/calendar-date'
import { wallClockOf } from '../time/zoned-instant'
import { reportEventId } from './fan-out'
import { type Period, periodOf, periodWords } from './find-period'
import { EARLIEST_DAY, type ReportType, reportTypes } from './report-schedules'

const MOST_DAYS = 400

const dateField = (name: string) =>
  z
    .string(`${name} should be a date such as 2026-11-24.`)
    .refine(isCalendarDate, `${name} should be a date such as 2026-11-24.`)

export const requestReportForm = z.object({
  type: z.enum(reportTypes, `type should be one of ${reportTypes.join(', ')}.`),
  /** Any day of the period. */
  startDate: dateField('startDate'),
  /** The last day; it follows from the first one, and is checked where it is given. */
  endDate: dateField('endDate').optional(),
  /** Whether it goes out by letter, too. */
  withLetter: z.boolean('withLetter should be true or false.').default(false),
  /** Of the form: sent twice, it is one request. */
  requestId: z.uuid('The form is not complete. Reload the page.'),
})

export type RequestReportForm = z.infer<typeof requestReportForm>
export type ReportRequested = { ok: true; period: Period } | { ok: false; fields: Record<string, string> }

/**
 * Asks for a report of a past period of the actor's shop. One that is there is replaced, as soon as the new one is made.
 * @param now business time.
 */
export async function requestReport(
  { userId, account }: { userId: string; account: Pick<Actor['account'], 'id' | 'timeZone'> },
  form: RequestReportForm,
  now: Date,
): Promise<ReportRequested> {
  const checked = checkPeriod(form, wallClockOf(now, account.timeZone).date)
  if (!checked.ok) return checked
  const { type, withLetter, requestId } = form
  const data = { accountId: account.id, type, ...checked.period, single: false, withLetter, requestId }
  await db().$transaction(async (tx) => {
    const isOwn = await tx.account.findFirst({ where: { id: account.id, ownerId: userId, isActive: true } })
    if (isOwn) await publish(tx, { name: 'report/scheduled', id: reportEventId(data), data })
  })
  return checked
}

/**
 * The period that a day is in, or why there can be no report of it. Pure.
 * @param today by the clocks of whom the report is for.
 */
export function checkPeriod(
  { type, startDate, endDate }: Pick<RequestReportForm, 'type' | 'startDate' | 'endDate'>,
  today: string,
): ReportRequested {
  const period = periodOf(type, startDate)
  const last = endDate ?? period.endDate
  if (last < startDate) return wrong('endDate', 'The last day should not come before the first one.')
  if (daysBetween(startDate, last) >= MOST_DAYS) return wrong('endDate', `A report covers ${MOST_DAYS} days at most.`)
  if (startDate < EARLIEST_DAY) return wrong('startDate', `Choose a day from ${EARLIEST_DAY} on.`)
  if (endDate && (period.startDate !== startDate || period.endDate !== endDate))
    return wrong('endDate', shapeOf(type, period))
  if (period.endDate >= today)
    return wrong('startDate', `${periodWords(type, period)} is not over yet. Choose an earlier one.`)
  return { ok: true, period }
}

function shapeOf(type: ReportType, { startDate, endDate }: Period): string {
  if (type === 'daily') return 'A daily report covers one day.'
  const span = type === 'weekly' ? 'a week from Monday to Sunday' : 'a month from its first day to its last'
  return `A ${type} report covers ${span}, here ${startDate} to ${endDate}.`
}

const wrong = (field: string, problem: string): ReportRequested => ({ ok: false, fields: { [field]: problem } })
