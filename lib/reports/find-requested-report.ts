import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db } from '../db'
import { isCalendarDate } from '../time/calendar-date'
import { reportEventId } from './fan-out'
import { EARLIEST_DAY, reportTypes } from './report-schedules'

/** What names a request, as an address bar may hold it. */
export const reportRequest = z.object({
  type: z.enum(reportTypes),
  startDate: z.string().refine((text) => isCalendarDate(text) && text >= EARLIEST_DAY),
  requestId: z.uuid(),
})

export type ReportRequest = z.infer<typeof reportRequest>

export type RequestedReport =
  | { state: 'made'; reportId: string }
  | { state: 'under way' }
  /** It could not be made. An operator has been told, and may have it made yet. */
  | { state: 'failed' }

/**
 * How far a report is that was asked for.
 * @returns null where the actor's shop has not asked for it, or did so too long ago.
 */
export async function findRequestedReport(
  { account }: Pick<Actor, 'account'>,
  { type, startDate, requestId }: ReportRequest,
): Promise<RequestedReport | null> {
  const accountId = account.id
  const report = await db().report.findFirst({ where: { accountId, type, startDate: new Date(startDate) } })
  if (report?.requestId === requestId) return { state: 'made', reportId: report.id }
  const eventOf = (id: string) =>
    db().outboxEvent.findUnique({ where: { id: reportEventId({ accountId, type, startDate, requestId: id }) } })
  const event = await eventOf(requestId)
  if (!event) return null
  // Asked for again since: what is there is newer.
  const latest = report?.requestId ? await eventOf(report.requestId) : null
  if (report && latest && latest.createdAt > event.createdAt) return { state: 'made', reportId: report.id }
  const letter = await db().deadLetter.findFirst({
    where: { status: 'open', functionId: 'generate-report', events: { array_contains: [{ data: { requestId } }] } },
    select: { id: true },
  })
  return { state: letter || event.status === 'parked' ? 'failed' : 'under way' }
}
