import { readOverdueReports } from '../reports/read-overdue'
import { readStandings, type ScheduleStanding } from './read-standing'
import { type Schedule, SLOT_GRACE_MS } from './schedule'
import { nextSlotAfter, type Rhythm } from './slots'

export type LateSchedule = {
  scheduleId: string
  /** The first slot that is overdue; of a schedule of accounts, since when one of them waits to be looked at. */
  slot: Date
  lateMs: number
}

/** Accounts are looked at every quarter of an hour: one that becomes due just after that waits so much longer. */
const ACCOUNT_LIMIT_MS = 2 * SLOT_GRACE_MS
/** From a call that takes longer nothing is to be expected: whoever was to do it may be gone. */
const CALL_LIMIT_MS = 60 * 60_000

/** The schedules of a list whose time has come and whose work is neither done nor under way. */
export async function lateSchedules(schedules: readonly Schedule[], at: Date): Promise<LateSchedule[]> {
  const [standings, overdue] = await Promise.all([readStandings(schedules.map(({ id }) => id)), readOverdueReports()])
  const standingOf = new Map(standings.map((standing) => [standing.scheduleId, standing]))
  return schedules.flatMap((schedule) => {
    const standing = standingOf.get(schedule.id)
    const slot = standing && lateSlot(schedule, standing, overdue[schedule.id] ?? null, at)
    return slot ? [{ scheduleId: schedule.id, slot, lateMs: at.getTime() - slot.getTime() }] : []
  })
}

/**
 * The slot of a schedule that is overdue at an instant, if one is. One that is new owes nothing of before, and while a run is
 * under way its work is not late, but for a run that nothing was heard of for long. Pure.
 * @param lookAt of a schedule of accounts: when the first of them was to be looked at.
 */
export function lateSlot(
  { scope, rhythm, timeZone }: Pick<Schedule, 'scope' | 'rhythm' | 'timeZone'>,
  { since, decidedSlot, lastDoneAt, calledAt }: Omit<ScheduleStanding, 'scheduleId'>,
  lookAt: Date | null,
  at: Date,
): Date | null {
  const isOver = (instant: Date, limitMs: number) => at.getTime() - instant.getTime() > limitMs
  if (!since || (calledAt && !isOver(calledAt, callLimitMs(rhythm)))) return null
  if (scope === 'account') {
    // Whoever was due when a tick came was looked at by it.
    const waitsSince = lookAt && latest(lookAt, since, lastDoneAt)
    return waitsSince && isOver(waitsSince, ACCOUNT_LIMIT_MS) ? waitsSince : null
  }
  const slot = nextSlotAfter(rhythm, timeZone, latest(since, decidedSlot))
  return isOver(slot, SLOT_GRACE_MS) ? slot : null
}

/** What comes often is short. */
function callLimitMs(rhythm: Rhythm): number {
  if (rhythm.every !== 'minutes') return CALL_LIMIT_MS
  return Math.min(CALL_LIMIT_MS, Math.max(SLOT_GRACE_MS, rhythm.minutes * 60_000))
}

function latest(first: Date, ...others: (Date | null)[]): Date {
  return others.reduce<Date>((last, each) => (each && each > last ? each : last), first)
}
