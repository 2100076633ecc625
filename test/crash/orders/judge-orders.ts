import type pg from 'pg'
import type Stripe from 'stripe'
import { withDatabase } from '../../support/with-database'
import { arrivedKeys } from '../product'
import type { CrashWorld } from '../world'
import type { CrashShop } from './shop'

type OrderRow = { id: string; publicId: string; status: string; totalMinor: number; wasPlaced: boolean; sold: number }

/** Money that moved at the provider for one order; minor units. */
type Money = { charges: number; kept: number }

/** What has become of the orders, and what should never be: lists of orders, and counts of what should be none. */
export async function judgeOrders(world: CrashWorld, { accountId }: CrashShop, asked: string[]) {
  const [money, letters] = await Promise.all([moneyByOrder(world.paymentsUrl), arrivedKeys(world.mailUrl)])
  return withDatabase(world.databaseUrl, async (db) => {
    const orders = await ordersOf(db, accountId)
    const known = new Set(orders.map(({ publicId }) => publicId))
    const which = (isWrong: (order: OrderRow) => boolean) =>
      orders.filter(isWrong).map(({ id, status }) => `${id} ${status}`)
    const moneyOf = ({ id }: OrderRow): Money => money.get(id) ?? { charges: 0, kept: 0 }
    const told = ({ id }: OrderRow, kind: string) => letters.filter((key) => key === `order/${id}/${kind}`).length
    const isConfirmed = ({ status }: OrderRow) => status === 'confirmed'
    const wrongs = {
      lostOrders: asked.filter((publicId) => !known.has(publicId)),
      ordersTooMany: orders.length - asked.length,
      openOrders: which(({ status }) => status === 'placed' || status === 'awaitingCard'),
      failedOrders: which(({ status }) => status === 'failed'),
      chargedTwice: which((order) => moneyOf(order).charges > 1),
      wrongMoney: which((order) => moneyOf(order).kept !== (isConfirmed(order) ? order.totalMinor : 0)),
      wrongStock: which((order) => order.sold > 0 !== isConfirmed(order)),
      wrongConfirmations: which(
        (order) => told(order, 'confirmation') > 1 || (isConfirmed(order) && !told(order, 'confirmation')),
      ),
      wrongReminders: which((order) => told(order, 'reminder') !== (isConfirmed(order) ? 1 : 0)),
      untold: which((order) => order.wasPlaced && !isConfirmed(order) && told(order, 'not-confirmed') !== 1),
      ...(await stockWrongs(db, accountId)),
      openPayments: await count(db, `SELECT count(*)::int AS n FROM "Payment" WHERE "status" = 'open'`),
      unsentEvents: await count(db, `SELECT count(*)::int AS n FROM "OutboxEvent" WHERE "status" <> 'sent'`),
      openRuns: await count(db, `SELECT count(*)::int AS n FROM engine.run WHERE ended_at IS NULL`),
      failedRuns: await count(db, `SELECT count(*)::int AS n FROM engine.run WHERE status = 'failed'`),
    }
    return { wrongs, statuses: countBy(orders.map(({ status }) => status)) }
  })
}

async function ordersOf(db: pg.Client, accountId: string): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `SELECT "id", "publicId", "status"::text, "totalMinor", "placedAt" IS NOT NULL AS "wasPlaced",
       coalesce((SELECT -sum("onHandDelta") FROM "StockMovement" WHERE "orderId" = "Order"."id"), 0)::int AS "sold"
     FROM "Order" WHERE "accountId" = $1`,
    [accountId],
  )
  return rows
}

/** Every product's stock is what its movements sum up to, and nothing of it is still reserved. */
async function stockWrongs(db: pg.Client, accountId: string) {
  const { rows } = await db.query<{ sku: string; differs: boolean; reserved: number }>(
    `SELECT "sku", "reserved",
       ("onHand", "reserved") IS DISTINCT FROM (sum("onHandDelta")::int, sum("reservedDelta")::int) AS "differs"
     FROM "Product" JOIN "StockMovement" ON "productId" = "Product"."id"
     WHERE "Product"."accountId" = $1 GROUP BY "Product"."id"`,
    [accountId],
  )
  return {
    wrongSums: rows.filter(({ differs }) => differs).map(({ sku }) => sku),
    stillReserved: rows.filter(({ reserved }) => reserved !== 0).map(({ sku }) => sku),
  }
}

async function moneyByOrder(paymentsUrl: string): Promise<Map<string, Money>> {
  const response = await fetch(`${paymentsUrl}/sandbox/payments?limit=1000000`)
  const { payments } = (await response.json()) as {
    payments: { payment_intent: Stripe.PaymentIntent; charges: Stripe.Charge[] }[]
  }
  const found = new Map<string, Money>()
  for (const { payment_intent, charges } of payments) {
    const id = payment_intent.metadata.orderId ?? ''
    const taken = charges.filter(({ status }) => status === 'succeeded')
    const { charges: before, kept } = found.get(id) ?? { charges: 0, kept: 0 }
    const more = taken.reduce((sum, { amount, amount_refunded }) => sum + amount - amount_refunded, 0)
    found.set(id, { charges: before + taken.length, kept: kept + more })
  }
  return found
}

async function count(db: pg.Client, query: string): Promise<number> {
  return (await db.query<{ n: number }>(query)).rows[0]?.n ?? Number.NaN
}

function countBy(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
