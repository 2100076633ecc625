import { type Schedule, SLOT_GRACE_MS } from './schedule'
import { nextSlotAfter } from './slots'

/** What is known of how a schedule is kept. */
export type SchedulePace = {
  /** The last slot of a schedule for all that was done or skipped; null when there was none yet. */
  lastSlot: Date | null
  /** Since when there is such a schedule: no slot before that is missed. Null when nobody knows. */
  since: Date | null
  /** Of a schedule for each account: the earliest instant at which one of them is to be looked at. */
  oldestDue: Date | null
  /** A run of it is under way, which may have taken the slot and not yet recorded it. */
  isUnderWay: boolean
}

/**
 * The instant for which a schedule is late: of the slot that should have been done by now; null when it is not late. A tick
 * may come late by `SLOT_GRACE_MS`. Pure.
 * @param now business time.
 */
export function lateSince(
  { rhythm, timeZone, scope }: Pick<Schedule, 'rhythm' | 'timeZone' | 'scope'>,
  { lastSlot, since, oldestDue, isUnderWay }: SchedulePace,
  now: Date,
): Date | null {
  if (isUnderWay) return null
  const after = lastSlot ?? since
  const owed = scope === 'account' ? oldestDue : after && nextSlotAfter(rhythm, timeZone, after)
  return owed && owed.getTime() + SLOT_GRACE_MS <= now.getTime() ? owed : null
}

/** Whether a slot of a schedule should have been done by now, and was not. Pure. */
export function isLate(
  schedule: Pick<Schedule, 'rhythm' | 'timeZone' | 'scope'>,
  pace: SchedulePace,
  now: Date,
): boolean {
  return lateSince(schedule, pace, now) !== null
}
