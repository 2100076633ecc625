import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

type Id = { id: string }

/** Dead letters that an operator has closed; what failed again because of one keeps it for as long as it is open. */
export const deadLetters: Removal = {
  kind: 'dead-letters',
  removeSome: ({ at }, most) => {
    const closedBefore = daysBefore(at, env().retention.deadLettersDays)
    return db().$transaction(async (tx) => {
      const old = await tx.$queryRaw<Id[]>`
        SELECT letter."id" FROM "DeadLetter" AS letter
        WHERE letter."status" IN ('replayed', 'discarded') AND letter."closedAt" < ${closedBefore}
          AND NOT EXISTS (
            SELECT 1 FROM "Replay" AS replay LEFT JOIN "DeadLetter" AS next ON next."fromReplayId" = replay."id"
            WHERE replay."deadLetterId" = letter."id"
              AND (replay."endedAt" IS NULL OR next."status" IN ('open', 'replaying'))
          )
        LIMIT ${most} FOR UPDATE OF letter SKIP LOCKED`
      const ids = old.map(({ id }) => id)
      await tx.replay.deleteMany({ where: { deadLetterId: { in: ids } } })
      const { count } = await tx.deadLetter.deleteMany({ where: { id: { in: ids } } })
      return count
    })
  },
}

/** Groups that have no letter any more: the same cause is a new one then, which the operators hear of. */
export const deadLetterGroups: Removal = {
  kind: 'dead-letter-groups',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "DeadLetterGroup" WHERE "id" IN (
      SELECT "id" FROM "DeadLetterGroup" AS old
      WHERE old."lastAt" < ${daysBefore(at, env().retention.deadLettersDays)}
        AND NOT EXISTS (SELECT 1 FROM "DeadLetter" AS letter WHERE letter."groupId" = old."id")
      LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}
