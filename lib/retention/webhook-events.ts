import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

/** What the payment provider has told and was applied. It tells again for some days at most. */
export const webhookEvents: Removal = {
  kind: 'webhook-events',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "WebhookEvent" WHERE "id" IN (
      SELECT "id" FROM "WebhookEvent"
      WHERE "appliedAt" IS NOT NULL AND "receivedAt" < ${daysBefore(at, env().retention.webhooksDays)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}
