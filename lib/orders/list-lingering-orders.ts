import { db } from '../db'
import { openStatuses } from '../runs/statuses'

/** An order that has been under way for long. */
export type LingeringOrder = {
  id: string
  /** What it is to end as, where that was decided on, in the database’s words. */
  endingAs: string | null
  /** The last that is known to have happened to it. */
  since: Date
  /** When its end was decided on, as far as the outbox still tells; real time. */
  askedAt: Date | null
  /** When the run that settles it began, if one is under way. */
  settlingSince: Date | null
}

/** So many are told of at most, the oldest first. */
const MOST = 100

/**
 * Orders whose last known instant lies before another: those that were placed, and those whose end was decided on. Cards may
 * be waited for as long as the checkout says, which ends by itself.
 */
export function listLingeringOrders(before: Date): Promise<LingeringOrder[]> {
  return db().$queryRaw<LingeringOrder[]>`
    SELECT lingering.*, (
      SELECT "createdAt" FROM "OutboxEvent"
      WHERE "id" = 'order-settlement/' || lingering."id" || '/' || replace(lingering."endingAs", 'out of stock', 'outOfStock')
    ) AS "askedAt", (
      SELECT min(run."queuedAt") FROM "Run" AS run
      WHERE run."record" = 'order/' || lingering."id" AND run."functionId" = 'settle-order'
        AND run."status"::text = ANY (${[...openStatuses]})
    ) AS "settlingSince"
    FROM (
      SELECT "id", "endingAs"::text AS "endingAs", "since" FROM (
        SELECT "id", "endingAs", "createdAt", greatest("createdAt", "placedAt", "confirmedAt", "cancelRequestedAt") AS "since"
        FROM "Order" WHERE "status" = 'placed' AND "createdAt" < ${before}
        UNION ALL
        SELECT "id", "endingAs", "createdAt", greatest("createdAt", "placedAt", "confirmedAt", "cancelRequestedAt")
        FROM "Order" WHERE "endingAs" IS NOT NULL AND "endedAt" IS NULL AND "createdAt" < ${before}
          AND "status" NOT IN ('placed', 'awaiting card')
      ) AS under_way
      WHERE "since" < ${before}
      ORDER BY "createdAt" LIMIT ${MOST}
    ) AS lingering`
}
