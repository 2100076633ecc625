import { SLOT_GRACE_MS } from '../schedules/schedule'
import { dueSlots, nextSlotAfter } from '../schedules/slots'
import { addDays } from '../time/calendar-date'
import { instantOf, wallClockOf } from '../time/zoned-instant'
import { type Period, periodBefore } from './find-period'
import { type ReportType, reportSchedules, rhythmOf } from './report-schedules'

/** By what the slots of a schedule are worked out; many accounts have them in common. */
export type Rhythmic = { timeZone: string; hour: number; decidedUpTo: Date }
export type Looked = Rhythmic & { createdAt: Date }

type DueSlot = { slot: Date; period: Period; isOverAt: Date }
/** What is owed whenever the account came to be. */
export type OwedSlots = { due: DueSlot[]; skipped: Date[]; lookAt: Date }

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
export function planSlots(type: ReportType, looked: Looked, now: Date): SlotPlan {
  return planFrom(owedSlots(type, looked, now), looked)
}

/** As `planSlots`, for all accounts whose schedules are alike: working out what clocks show is slow. Pure. */
export function owedSlots(type: ReportType, { timeZone, hour, decidedUpTo }: Rhythmic, now: Date): OwedSlots {
  const rhythm = rhythmOf(type, hour)
  const policy = reportSchedules[type].missedSlots
  const { due, skipped } = dueSlots({ rhythm, timeZone, policy, after: decidedUpTo, now, graceMs: SLOT_GRACE_MS })
  const dated = due.map((slot) => {
    const period = periodBefore(type, wallClockOf(slot, timeZone).date)
    return { slot, period, isOverAt: endOf(period, timeZone) }
  })
  return { due: dated, skipped, lookAt: nextSlotAfter(rhythm, timeZone, now) }
}

/** What of that is a shop's own. Pure. */
export function planFrom({ due, skipped, lookAt }: OwedSlots, { createdAt }: Pick<Looked, 'createdAt'>): SlotPlan {
  const isEmpty = ({ isOverAt }: DueSlot) => isOverAt <= createdAt
  return {
    due: due.filter((each) => !isEmpty(each)).map(({ slot, period }) => ({ slot, period })),
    skipped,
    empty: due.filter(isEmpty).map(({ slot }) => slot),
    lookAt,
  }
}

const endOf = ({ endDate }: Period, timeZone: string) =>
  instantOf({ date: addDays(endDate, 1), hour: 0, minute: 0 }, timeZone)
