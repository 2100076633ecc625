import { SLOT_GRACE_MS } from '../schedules/schedule'
import { dueSlots, nextSlotAfter } from '../schedules/slots'
import { addDays } from '../time/calendar-date'
import { instantOf, wallClockOf } from '../time/zoned-instant'
import { type Period, periodBefore } from './find-period'
import { type ReportType, reportSchedules, rhythmOf } from './report-schedules'

export type Looked = { timeZone: string; hour: number; decidedUpTo: Date; createdAt: Date }

export type SlotPlan = {
  /** Reports to be made, each with the slot that it is for. */
  due: { slot: Date; period: Period }[]
  skipped: Date[]
  /** Slots of periods that were over before there was the shop. */
  empty: Date[]
  lookAt: Date
}

/**
 * What an account's schedule of a type owes at an instant, and when it is to be looked at again. Pure.
 * @throws RangeError for a zone that does not exist.
 */
export function planSlots(type: ReportType, { timeZone, hour, decidedUpTo, createdAt }: Looked, now: Date): SlotPlan {
  const rhythm = rhythmOf(type, hour)
  const policy = reportSchedules[type].missedSlots
  const { due, skipped } = dueSlots({ rhythm, timeZone, policy, after: decidedUpTo, now, graceMs: SLOT_GRACE_MS })
  const dated = due.map((slot) => ({ slot, period: periodBefore(type, wallClockOf(slot, timeZone).date) }))
  const isEmpty = ({ period }: { period: Period }) => endOf(period, timeZone) <= createdAt
  return {
    due: dated.filter((each) => !isEmpty(each)),
    skipped,
    empty: dated.filter(isEmpty).map(({ slot }) => slot),
    lookAt: nextSlotAfter(rhythm, timeZone, now),
  }
}

const endOf = ({ endDate }: Period, timeZone: string) =>
  instantOf({ date: addDays(endDate, 1), hour: 0, minute: 0 }, timeZone)
