import { createHash } from 'node:crypto'
import type { Actor } from '../lib/auth/actor'
import { type Period, periodBefore } from '../lib/reports/find-period'
import { type ReportType, reportTypes } from '../lib/reports/report-schedules'
import { requestReport } from '../lib/reports/request-report'
import { wallClockOf } from '../lib/time/zoned-instant'

/** How many of the last periods. */
const COUNTS: Record<ReportType, number> = { daily: 7, weekly: 4, monthly: 2 }

/** Asks for a shop's reports of its last days, weeks and months, without letters. Asked for again, they are the same requests. */
export async function requestReports(
  userId: string,
  account: Pick<Actor['account'], 'id' | 'timeZone'>,
  now: Date,
): Promise<void> {
  const today = wallClockOf(now, account.timeZone).date
  for (const type of reportTypes)
    for (const { startDate } of lastPeriods(type, today, COUNTS[type])) {
      const requestId = uuidOf(`seed/${account.id}/${type}/${startDate}`)
      await requestReport({ userId, account }, { type, startDate, withLetter: false, requestId }, now)
    }
}

function lastPeriods(type: ReportType, today: string, count: number): Period[] {
  const periods: Period[] = []
  for (let date = today; periods.length < count; ) {
    const period = periodBefore(type, date)
    periods.push(period)
    date = period.startDate
  }
  return periods
}

/** A UUID that is the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
