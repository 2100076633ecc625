import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db } from '../db'
import { type CalendarDate, dateOf, isCalendarDate } from '../time/calendar-date'
import { type Figures, figuresSchema } from './figures/figures'
import type { Period } from './find-period'
import { EARLIEST_DAY, type ReportType, reportTypes } from './report-schedules'

const PAGE_SIZE = 30

/** What an address bar may hold; whatever doesn't fit is as if it were not there. */
export const reportFilter = z.object({
  type: z.enum(reportTypes).catch('daily'),
  /** The last page's `nextCursor`: a date. */
  cursor: z
    .string()
    .refine((text) => isCalendarDate(text) && text >= EARLIEST_DAY)
    .optional()
    .catch(undefined),
})

export type ReportFilter = z.infer<typeof reportFilter>

export type ReportLine = Period &
  Pick<Figures, 'orders' | 'revenueMinor' | 'refundedMinor'> & {
    id: string
    type: ReportType
    currency: string
    madeAt: Date
  }

export type ReportPage = { reports: ReportLine[]; nextCursor: CalendarDate | null }

const lineFigures = figuresSchema.pick({ orders: true, revenueMinor: true, refundedMinor: true })

/**
 * A page of the reports of the actor's shop of one type, the latest period first.
 * @param size how many at most.
 */
export async function listReports(
  { account }: Pick<Actor, 'account'>,
  { type, cursor }: ReportFilter,
  size = PAGE_SIZE,
): Promise<ReportPage> {
  const found = await db().report.findMany({
    where: { accountId: account.id, type, ...(cursor ? { startDate: { lt: new Date(cursor) } } : {}) },
    omit: { accountId: true, timeZone: true, version: true, requestId: true },
    orderBy: { startDate: 'desc' },
    take: size + 1,
  })
  const reports = found.slice(0, size).map(({ startDate, endDate, figures, ...report }) => ({
    ...{ ...report, startDate: dateOf(startDate.getTime()), endDate: dateOf(endDate.getTime()) },
    ...lineFigures.parse(figures),
  }))
  return { reports, nextCursor: found.length > size ? (reports.at(-1)?.startDate ?? null) : null }
}
