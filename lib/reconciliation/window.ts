import { db } from '../db'
import type { Window } from '../payments/provider-records'
import { GLOBAL_SCOPE } from '../schedules/schedule'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What is younger is likely to be under way. */
const GRACE_MS = 10 * 60_000
const USUAL_DAYS = 3
const MOST_DAYS = 30

export type Windows = {
  /** By the provider's clock, which is the real one. */
  theirs: Window
  /** By business time. */
  ours: Window
}

/** What is to be compared now: the last days, and more where nobody has compared for longer. */
export async function reconcileWindows(scheduleId: string, at: Date, realAt: Date): Promise<Windows> {
  const last = await db().scheduleSlot.findFirst({
    where: { scheduleId, scope: GLOBAL_SCOPE, status: 'done' },
    orderBy: { slot: 'desc' },
    select: { slot: true },
  })
  const sinceMs = last ? at.getTime() - last.slot.getTime() + DAY_MS : 0
  const lengthMs = Math.min(Math.max(USUAL_DAYS * DAY_MS, sinceMs), MOST_DAYS * DAY_MS)
  const before = (instant: Date): Window => ({
    from: new Date(instant.getTime() - lengthMs),
    to: new Date(instant.getTime() - GRACE_MS),
  })
  return { theirs: before(realAt), ours: before(at) }
}
