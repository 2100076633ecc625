import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

/**
 * Letters that were sent or refused long ago. A letter's key is what keeps it from being sent twice, so it stays for as
 * long as anybody may ask for it again: its order is open, or a run that is open, or that a dead letter would replay,
 * works for what its key names.
 */
export const letters: Removal = {
  kind: 'letters',
  removeSome: ({ realAt }, most) => db().$executeRaw`
    DELETE FROM "Letter" WHERE "id" IN (
      SELECT letter."id" FROM "Letter" AS letter, split_part(letter."key", '/', 2) AS named
      WHERE letter."createdAt" < ${daysBefore(realAt, env().retention.lettersDays)}
        AND letter."status" IN ('sent', 'failed')
        AND NOT EXISTS (
          SELECT 1 FROM "Order" AS placed
          WHERE placed."id" = named
            AND (placed."status" IN ('awaiting card', 'placed') OR (placed."endingAs" IS NOT NULL AND placed."endedAt" IS NULL))
        )
        AND NOT EXISTS (
          SELECT 1 FROM "Run" AS run LEFT JOIN "DeadLetter" AS dead ON dead."runId" = run."id"
          WHERE run."record" IN ('order/' || named, 'user/' || named, 'account/' || named, 'letter/' || letter."key")
            AND (run."endedAt" IS NULL OR dead."status" IN ('open', 'replaying'))
        )
      ORDER BY letter."createdAt" LIMIT ${most} FOR UPDATE OF letter SKIP LOCKED
    )`,
}
