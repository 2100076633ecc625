import { type LateSchedule, lateSchedules } from '../../schedules/late-schedules'
import type { Check, Finding } from '../check'
import { lengthWords } from '../words'

/** What late schedules say, a finding for each. Pure. */
export function judgeLateSchedules(late: readonly LateSchedule[]): Finding[] {
  return late.map(({ scheduleId, slot, lateMs }) => ({
    kind: 'late-schedule',
    subject: scheduleId,
    message: `${scheduleId} is ${lengthWords(lateMs)} late: it was due at ${slot.toISOString().slice(0, 16)}Z.`,
  }))
}

/** Whether every schedule does its work in time. */
export const schedulesCheck: Check = {
  id: 'schedules',
  kinds: ['late-schedule'],
  find: async ({ at, schedules }) => judgeLateSchedules(await lateSchedules(schedules, at)),
}
