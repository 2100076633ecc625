import type { MissedSlotPolicy, Rhythm } from '../schedules/slots'

/** How often there is a report, each a type of its own. */
export const reportTypes = ['daily', 'weekly', 'monthly'] as const
export type ReportType = (typeof reportTypes)[number]

/** There are no reports of days before it: figures of them would be a mistake. */
export const EARLIEST_DAY = '2000-01-01'

/** The hour at which reports are made until an owner says otherwise. */
export const DEFAULT_REPORT_HOUR = 9

type ReportSchedule = { scheduleId: string; missedSlots: MissedSlotPolicy }

/**
 * What makes each type. A machine that was off for three days makes the last day's report, not three at once; but no
 * month is left out.
 */
export const reportSchedules: Record<ReportType, ReportSchedule> = {
  daily: { scheduleId: 'daily-report', missedSlots: 'latest' },
  weekly: { scheduleId: 'weekly-digest', missedSlots: 'latest' },
  monthly: { scheduleId: 'monthly-report', missedSlots: 'all' },
}

/** The type of report that a schedule makes; undefined of one that makes none. */
export function reportTypeOf(scheduleId: string): ReportType | undefined {
  return reportTypes.find((type) => reportSchedules[type].scheduleId === scheduleId)
}

const MONDAY = 1

/** When an account's reports of a type are due, at the hour that its owner has chosen. */
export function rhythmOf(type: ReportType, hour: number): Rhythm {
  if (type === 'daily') return { every: 'day', hour }
  return type === 'weekly' ? { every: 'week', weekday: MONDAY, hour } : { every: 'month', hour }
}
