import { db } from '../db'
import { type ReportType, reportSchedules, reportTypes } from './report-schedules'

/** Of each schedule of reports, since when the account that has waited longest is to be looked at; null where none is. */
export async function readOverdueReports(): Promise<Record<string, Date | null>> {
  const firsts = await Promise.all(
    reportTypes.map(async (type) => [reportSchedules[type].scheduleId, await firstLookAt(type)] as const),
  )
  return Object.fromEntries(firsts)
}

async function firstLookAt(type: ReportType): Promise<Date | null> {
  const first = await db().reportSchedule.findFirst({
    where: { type, isOn: true, lookAt: { not: null } },
    orderBy: { lookAt: 'asc' },
    select: { lookAt: true },
  })
  return first?.lookAt ?? null
}
