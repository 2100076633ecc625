import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

/** Events that the server has had for a while. One that it refused, or whose run is still awaited, stays. */
export const outboxEvents: Removal = {
  kind: 'outbox-events',
  removeSome: ({ at, realAt }, most) => {
    const { outboxDays } = env().retention
    const sentBefore = daysBefore(realAt, outboxDays)
    // No event is sent before it may be tried: so the index that the relay has finds the old ones, too.
    return db().$executeRaw`
      DELETE FROM "OutboxEvent" WHERE "id" IN (
        SELECT event."id" FROM "OutboxEvent" AS event
        WHERE event."status" = 'sent' AND event."nextTryAt" < ${sentBefore} AND event."sentAt" < ${sentBefore}
          AND (event."deliverAt" IS NULL OR event."deliverAt" < ${daysBefore(at, outboxDays)})
          AND NOT EXISTS (SELECT 1 FROM "AwaitedRun" AS awaited WHERE awaited."eventId" = event."id")
        ORDER BY event."nextTryAt" LIMIT ${most} FOR UPDATE SKIP LOCKED
      )`
  },
}
