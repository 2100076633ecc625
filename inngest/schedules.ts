import { DEFAULT_REPORT_HOUR, type ReportType, reportSchedules, rhythmOf } from '@/lib/reports/report-schedules'
import { GLOBAL_SCOPE, type Schedule } from '@/lib/schedules/schedule'
import { scheduleRunRequested } from './events'

const NEW_YORK = 'America/New_York'
/** Every zone on earth is a multiple of 15 minutes away from UTC, and so no hour of a report is passed by. */
const EVERY_QUARTER = 'TZ=UTC */15 * * * *'

const report = (type: ReportType, words: string): Schedule => ({
  id: reportSchedules[type].scheduleId,
  words,
  cron: EVERY_QUARTER,
  rhythm: rhythmOf(type, DEFAULT_REPORT_HOUR),
  timeZone: NEW_YORK,
  scope: 'account',
  missedSlots: reportSchedules[type].missedSlots,
  owner: 'reports',
})

/** Everything that happens again and again. From this list come the crons, the README's table and the console's page. */
export const schedules = [
  report('daily', 'Every day at 09:00, or the hour that its owner chose, in each shop’s own zone'),
  report('weekly', 'On Mondays at 09:00, or the hour that its owner chose, in each shop’s own zone'),
  report('monthly', 'On the 1st at 09:00, or the hour that its owner chose, in each shop’s own zone'),
  {
    ...{ id: 'daily-cleanup', words: 'Every day at 02:00 in New York', cron: `TZ=${NEW_YORK} 0 2 * * *` },
    ...{ rhythm: { every: 'day', hour: 2 }, timeZone: NEW_YORK, scope: GLOBAL_SCOPE },
    ...{ missedSlots: 'latest', owner: 'operations' },
  },
  {
    ...{ id: 'reconcile-payments', words: 'Every hour', cron: 'TZ=UTC 0 * * * *' },
    ...{ rhythm: { every: 'minutes', minutes: 60 }, timeZone: 'UTC', scope: GLOBAL_SCOPE },
    ...{ missedSlots: 'latest', owner: 'payments' },
  },
  {
    ...{ id: 'health-check', words: 'Every 5 minutes', cron: 'TZ=UTC */5 * * * *' },
    ...{ rhythm: { every: 'minutes', minutes: 5 }, timeZone: 'UTC', scope: GLOBAL_SCOPE },
    ...{ missedSlots: 'latest', owner: 'operations' },
  },
] as const satisfies readonly Schedule[]

export type ScheduleId =
  | 'daily-report'
  | 'weekly-digest'
  | 'monthly-report'
  | 'daily-cleanup'
  | 'reconcile-payments'
  | 'health-check'

/** The schedule of a function. */
export function scheduleOf(id: ScheduleId): Schedule {
  const found = schedules.find((schedule) => schedule.id === id)
  if (!found) throw new Error(`there is no schedule ${id}`)
  return found
}

/** What starts a schedule's function: its cron, and an operator who wants it now, under any Inngest server. */
export function triggersOfSchedule(
  id: ScheduleId,
): [{ cron: string }, { event: typeof scheduleRunRequested; if: string }] {
  const isAsked = `event.data.scheduleId == '${id}'`
  return [{ cron: scheduleOf(id).cron }, { event: scheduleRunRequested, if: isAsked }]
}
