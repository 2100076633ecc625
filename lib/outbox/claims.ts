import type { Db, Prisma } from '../db'

/** An event that this relay has claimed. */
export type Claimed = { id: string; name: string; data: Prisma.JsonObject; deliverAt: Date | null; attempts: number }

/** So long no other relay sends a claimed event; far longer than a send may take. Real time, like all leases. */
const LEASE_MS = 30_000
/** So many at once; fewer are all that there were. */
export const MOST_PER_CLAIM = 200

/** Claims what is pending and due, oldest first. One statement: no lock is held while the network is used. */
export function claim(db: Db, relayId: string, realNow: Date): Promise<Claimed[]> {
  const leasedUntil = new Date(realNow.getTime() + LEASE_MS)
  return db.$queryRaw<Claimed[]>`
    UPDATE "OutboxEvent" SET "leasedUntil" = ${leasedUntil}, "leasedBy" = ${relayId}, "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT "id" FROM "OutboxEvent"
      WHERE "status" = 'pending' AND "nextTryAt" <= ${realNow} AND ("leasedUntil" IS NULL OR "leasedUntil" < ${realNow})
      ORDER BY "createdAt" LIMIT ${MOST_PER_CLAIM} FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "name", "data", "deliverAt", "attempts"`
}

/** Notes which events the server has, with its own ids for them. */
export async function markSent(db: Db, sent: { id: string; serverEventId: string }[], realNow: Date): Promise<void> {
  const [ids, serverIds] = [sent.map(({ id }) => id), sent.map(({ serverEventId }) => serverEventId)]
  await db.$executeRaw`
    UPDATE "OutboxEvent" AS event
    SET "status" = 'sent', "sentAt" = ${realNow}, "serverEventId" = given.server_id, "leasedUntil" = NULL, "leasedBy" = NULL, "lastError" = NULL
    FROM unnest(${ids}::text[], ${serverIds}::text[]) AS given (id, server_id)
    WHERE event."id" = given.id AND event."status" = 'pending'`
}

/** Sets aside an event that the server refuses by itself; an operator decides about it. */
export async function park(db: Db, id: string, reason: string): Promise<void> {
  await db.outboxEvent.updateMany({
    where: { id, status: 'pending' },
    data: { status: 'parked', lastError: reason, leasedUntil: null, leasedBy: null },
  })
}

/** Gives events back after a failure that isn't their fault, for a later try. */
export async function giveBack(db: Db, ids: string[], nextTryAt: Date, reason: string): Promise<void> {
  await db.outboxEvent.updateMany({
    where: { id: { in: ids }, status: 'pending' },
    data: { nextTryAt, lastError: reason, leasedUntil: null, leasedBy: null },
  })
}
