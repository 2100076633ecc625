import type { Db } from '../db'

/** The server tells of a replay's end by an event; only what that has not settled is seen to here. */
const GRACE_MS = 10 * 60_000

/**
 * Opens the letters again whose replay's run is over without having told so: it failed or was cancelled, and what should
 * have noted that was lost, too.
 * @param at business time.
 */
export async function reopenLostReplays(db: Pick<Db, '$executeRaw'>, at: Date): Promise<void> {
  await db.$executeRaw`
    WITH lost AS (
      UPDATE "Replay" AS replay SET "endedAt" = ${at}, "failedAgain" = true
      FROM "DeadLetter" AS letter, "Run" AS run
      WHERE letter."id" = replay."deadLetterId" AND letter."status" = 'replaying' AND replay."endedAt" IS NULL
        AND run."eventId" = 'replay/' || replay."id" AND run."functionId" = 'replay-dead-letter'
        AND run."status" IN ('failed', 'cancelled') AND run."endedAt" < ${new Date(at.getTime() - GRACE_MS)}
      RETURNING replay."deadLetterId"
    )
    UPDATE "DeadLetter" SET "status" = 'open' FROM lost
    WHERE "id" = lost."deadLetterId" AND "status" = 'replaying'`
}
