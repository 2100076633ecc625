import { db } from '../db'
import { log } from '../log'
import { addDays } from '../time/calendar-date'
import { instantOf } from '../time/zoned-instant'
import { type PageDone, type ReportEvent, reportEventId } from './fan-out'
import type { Period } from './find-period'
import type { ReportType } from './report-schedules'

/** Accounts that one page takes, and events that one send takes. */
const PAGE_SIZE = 500

/** What an operator asks for: a type's reports of a period, for all who want that type. */
export type PeriodRequest = {
  type: ReportType
  period: Period
  requestId: string
  /** Whether reports that are there are made again. */
  makeAgain: boolean
  /** Whether those that are made again go out by letter once more. */
  withLetter: boolean
}

type Row = { accountId: string; timeZone: string; createdAt: Date; isThere: boolean }

/** How many open accounts want a type of report. */
export function countReported(type: ReportType): Promise<number> {
  return db().reportSchedule.count({ where: { type, isOn: true, account: { isActive: true } } })
}

/**
 * Asks for the reports of a period, a page of accounts at a time: of each that has none yet, or of each where they are made
 * again. Left out is an account in whose zone the period is not over, and one that was opened only after it. Done again, it
 * sends the same events under the same ids.
 * @param after the last page's `after`; empty for the first one.
 * @param now business time.
 * @param send hands events to the server, all or none.
 */
export async function fanOutPeriodPage(
  request: PeriodRequest,
  { after, now }: { after: string; now: Date },
  send: (events: ReportEvent[]) => Promise<unknown>,
): Promise<PageDone & { after: string }> {
  const rows = await readPage(request, after)
  const events = rows.filter((row) => isOwed(row, request, now)).map((row) => eventOf(row, request))
  if (events.length > 0) await send(events)
  const last = rows.at(-1)?.accountId ?? after
  return { accounts: rows.length, events: events.length, isLast: rows.length < PAGE_SIZE, after: last }
}

function readPage({ type, period }: PeriodRequest, after: string): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT account."id" AS "accountId", account."timeZone", account."createdAt", report."id" IS NOT NULL AS "isThere"
    FROM "Account" AS account
    JOIN "ReportSchedule" AS schedule ON schedule."accountId" = account."id" AND schedule."type" = ${type}::"report_type"
    LEFT JOIN "Report" AS report ON report."accountId" = account."id" AND report."type" = ${type}::"report_type"
      AND report."startDate" = ${period.startDate}::date AND report."endDate" = ${period.endDate}::date
    WHERE account."id" > ${after} AND account."isActive" AND schedule."isOn"
    ORDER BY account."id" LIMIT ${PAGE_SIZE}`
}

function isOwed({ accountId, timeZone, createdAt, isThere }: Row, { period, makeAgain }: PeriodRequest, now: Date) {
  if (isThere && !makeAgain) return false
  const end = endOf(period, timeZone, accountId)
  return end <= now && end > createdAt
}

/** One whose zone nobody knows has its reports by UTC, and they tell what is wrong. */
function endOf({ endDate }: Period, timeZone: string, accountId: string): Date {
  const midnight = { date: addDays(endDate, 1), hour: 0, minute: 0 }
  try {
    return instantOf(midnight, timeZone)
  } catch (error) {
    log.warn({ err: error, accountId }, 'an account’s time zone is not known')
    return instantOf(midnight, 'UTC')
  }
}

function eventOf({ accountId, isThere }: Row, { type, period, requestId, withLetter }: PeriodRequest): ReportEvent {
  const asked = isThere ? { withLetter } : { onlyMissing: true }
  return {
    id: reportEventId({ accountId, type, startDate: period.startDate, requestId }),
    name: 'report/scheduled',
    data: { accountId, type, ...period, single: false, requestId, ...asked },
  }
}
