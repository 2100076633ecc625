import { db } from '../db'
import { GLOBAL_SCOPE, type Schedule, SLOT_GRACE_MS } from './schedule'
import { dueSlots, lastSlotUpTo } from './slots'

export type TakenSlots = {
  /** Oldest first. Each is to be done, and then recorded as done. */
  due: Date[]
  /** How many are given up; they are recorded already. */
  skipped: number
}

/**
 * Which slots of a schedule for all are to be done now, by its policy. Those that it gives up are recorded as skipped. Asked
 * again before the due ones are recorded, it names them again.
 *
 * A schedule that has never had a slot begins with the one that has just come, if any: nothing before it was missed.
 */
export async function takeSlots(
  schedule: Pick<Schedule, 'id' | 'rhythm' | 'timeZone' | 'missedSlots'>,
  now: Date,
): Promise<TakenSlots> {
  const { id: scheduleId, rhythm, timeZone, missedSlots: policy } = schedule
  const last = await db().scheduleSlot.findFirst({
    where: { scheduleId, scope: GLOBAL_SCOPE },
    orderBy: { slot: 'desc' },
    select: { slot: true },
  })
  const after = last?.slot ?? justBefore(lastSlotUpTo(rhythm, timeZone, now), now)
  const { due, skipped } = dueSlots({ rhythm, timeZone, policy, after, now, graceMs: SLOT_GRACE_MS })
  await recordSlots({ scheduleId, slots: skipped, status: 'skipped', outcome: 'nobody was there', now })
  return { due, skipped: skipped.length }
}

/** From where a new schedule is looked through, so that it has its latest slot alone, and none that came too long ago. */
function justBefore(slot: Date, now: Date): Date {
  return new Date(Math.max(slot.getTime() - 1, now.getTime() - SLOT_GRACE_MS))
}

export type SlotRecord = {
  scheduleId: string
  slots: readonly Date[]
  status: 'done' | 'skipped'
  /** In a few words. */
  outcome: string
  now: Date
}

/** Records what came of slots of a schedule for all. Of a slot that is recorded already, the first word stays. */
export async function recordSlots({ scheduleId, slots, status, outcome, now }: SlotRecord): Promise<void> {
  if (slots.length === 0) return
  await db().scheduleSlot.createMany({
    data: slots.map((slot) => ({
      ...{ scheduleId, scope: GLOBAL_SCOPE, slot, status, outcome, decidedAt: now },
      lateMs: BigInt(now.getTime() - slot.getTime()),
    })),
    skipDuplicates: true,
  })
}
