import { db } from '../db'

/** Its own failure raises no event, so nobody could write its letter. */
const WRITER = 'record-dead-letter'
const GRACE_MS = 10 * 60_000
/** Whoever has not looked at a failure by then will not, and no letter comes any more. */
const LONGEST_MS = 7 * 24 * 3_600_000
const MOST = 100

/** Runs that failed for good within the last week, not just now, and have no dead letter; there should be none. */
export function listFailedRunsWithoutLetter(at: Date): Promise<{ id: string; functionId: string; endedAt: Date }[]> {
  return db().$queryRaw`
    SELECT run."id", run."functionId", run."endedAt"
    FROM "Run" AS run
    LEFT JOIN "DeadLetter" AS letter ON letter."runId" = run."id"
    WHERE run."status" = 'failed' AND run."functionId" <> ${WRITER} AND letter."id" IS NULL
      AND run."endedAt" BETWEEN ${new Date(at.getTime() - LONGEST_MS)} AND ${new Date(at.getTime() - GRACE_MS)}
    ORDER BY run."endedAt" DESC
    LIMIT ${MOST}`
}
