import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'

/** A slot and what came of it, for one or for many accounts. */
export type SlotLine = {
  slot: Date
  done: number
  skipped: number
  /** There are more than were counted. */
  isMore: boolean
  /** When the last of them was decided on, and how long after the slot that was. */
  decidedAt: Date
  lateMs: number
  /** In a few words; of several accounts, those of one of them. */
  outcome: string
}

const MOST_SLOTS = 20
/** Of a morning of 100,000 accounts so many are counted. */
const MOST_COUNTED = 1_000

/** The latest slots of a schedule that were decided on, newest first. From one to the next by the index, however many hold it. */
export async function listSlots(actor: Pick<Actor, 'isOperator'>, scheduleId: string): Promise<SlotLine[]> {
  assertOperator(actor)
  const rows = await db().$queryRaw<(Omit<SlotLine, 'lateMs'> & { lateMs: bigint })[]>`
    WITH RECURSIVE latest ("slot", "n") AS (
      (SELECT "slot", 1 FROM "ScheduleSlot" WHERE "scheduleId" = ${scheduleId} ORDER BY "slot" DESC LIMIT 1)
      UNION ALL
      SELECT earlier."slot", latest."n" + 1 FROM latest CROSS JOIN LATERAL (
        SELECT "slot" FROM "ScheduleSlot" WHERE "scheduleId" = ${scheduleId} AND "slot" < latest."slot"
        ORDER BY "slot" DESC LIMIT 1
      ) AS earlier WHERE latest."n" < ${MOST_SLOTS}
    )
    SELECT latest."slot", counted.*
    FROM latest CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE "status" = 'done')::int AS "done",
        count(*) FILTER (WHERE "status" = 'skipped')::int AS "skipped", count(*) = ${MOST_COUNTED} AS "isMore",
        max("decidedAt") AS "decidedAt", max("lateMs") AS "lateMs", min("outcome") AS "outcome"
      FROM (
        SELECT "status", "decidedAt", "lateMs", "outcome" FROM "ScheduleSlot"
        WHERE "scheduleId" = ${scheduleId} AND "slot" = latest."slot" LIMIT ${MOST_COUNTED}
      ) AS of_slot
    ) AS counted
    ORDER BY latest."slot" DESC`
  return rows.map(({ lateMs, ...row }) => ({ ...row, lateMs: Number(lateMs) }))
}
