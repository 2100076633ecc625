import type { Db } from '../db'

/** The server tells of a replay's end by an event; only what that has not settled is seen to here. */
const GRACE_MS = 10 * 60_000

/**
 * Opens the letters again whose replay will not be told of any more: its run failed or was cancelled, and what should have
 * noted that was lost, too; or the server has refused its event.
 * @param at business time.
 */
export async function reopenLostReplays(db: Pick<Db, '$executeRaw'>, at: Date): Promise<void> {
  await db.$executeRaw`
    WITH lost AS (
      UPDATE "Replay" AS replay SET "endedAt" = ${at}, "failedAgain" = true
      FROM "DeadLetter" AS letter
      WHERE letter."id" = replay."deadLetterId" AND letter."status" = 'replaying' AND replay."endedAt" IS NULL
        AND (
          EXISTS (
            SELECT 1 FROM "Run" AS run
            WHERE run."eventId" = 'replay/' || replay."id" AND run."functionId" = 'replay-dead-letter'
              AND run."status" IN ('failed', 'cancelled') AND run."endedAt" < ${new Date(at.getTime() - GRACE_MS)}
          )
          OR EXISTS (
            SELECT 1 FROM "OutboxEvent" AS event
            WHERE event."id" = 'replay/' || replay."id" AND event."status" = 'parked'
          )
        )
      RETURNING replay."deadLetterId"
    )
    UPDATE "DeadLetter" SET "status" = 'open' FROM lost
    WHERE "id" = lost."deadLetterId" AND "status" = 'replaying'`
}
