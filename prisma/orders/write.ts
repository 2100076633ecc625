import { randomUUID } from 'node:crypto'
import { db, type Tx } from '../../lib/db'
import type { NewProductForm } from '../../lib/products/fields'
import type { Made } from '../../local/payments/past-payments'
import { makeCharges } from './charges'
import { type History, makeHistory, type Shop } from './history'
import { lettersOf } from './letters'
import { isCharged, moneyRows, type OrderRows, withCard } from './rows'

const LIMIT_MS = 60_000

/**
 * Gives a shop its products, and the orders of three months with all that belongs to them: all of it, or nothing.
 * @param paymentsUrl of the sandbox; without one, the shop has no orders: the real provider knows nothing of their money.
 */
export async function writeHistory(
  shop: Shop,
  forms: readonly NewProductForm[],
  { now, paymentsUrl }: { now: Date; paymentsUrl: string | undefined },
): Promise<void> {
  const planned = makeHistory(shop, forms, now, paymentsUrl !== undefined)
  const made = paymentsUrl ? await chargeAll(paymentsUrl, planned.orders) : new Map<string, Made>()
  const history = { ...planned, orders: planned.orders.map((rows) => withCard(rows, made.get(rows.order.id))) }
  const money = history.orders.flatMap((rows) => {
    const own = made.get(rows.order.id)
    return own ? [moneyRows(rows, own)] : []
  })
  await db().$transaction(
    async (tx) => {
      await writeProducts(tx, shop, history)
      await writeOrders(tx, shop, history)
      await tx.payment.createMany({ data: money.map(({ payment }) => payment) })
      await tx.refund.createMany({ data: money.flatMap(({ refunds }) => refunds) })
      await writeMovements(tx, shop, history)
      await tx.letter.createMany({ data: history.orders.flatMap((each) => lettersOf(each, shop, now)) })
    },
    { maxWait: LIMIT_MS, timeout: LIMIT_MS },
  )
}

/** What the payment of each order that was charged has come to, by its id. */
function chargeAll(paymentsUrl: string, orders: OrderRows[]): Promise<Map<string, Made>> {
  const charged = orders.filter(({ planned }) => isCharged(planned))
  return makeCharges(
    paymentsUrl,
    charged.map(({ planned, order: { id: orderId, totalMinor, currency } }) => ({
      ...{ planned, orderId, totalMinor, currency },
    })),
  )
}

/** Each with what there was at first, which the database makes its first movement. */
async function writeProducts(
  tx: Tx,
  { id: accountId, currency }: Shop,
  { products, openedAt: at }: History,
): Promise<void> {
  const rows = products.map(({ id, sku, title, description, priceMinor, lowStockLevel, opening: onHand }) => ({
    ...{
      id,
      accountId,
      sku,
      title,
      description,
      priceMinor,
      currency,
      lowStockLevel,
      onHand,
      createdAt: at,
      updatedAt: at,
    },
  }))
  await tx.product.createMany({ data: rows })
}

async function writeOrders(tx: Tx, { id: accountId }: Shop, { customers, orders }: History): Promise<void> {
  const last = orders.at(-1)?.order.number
  if (last === undefined) return
  await tx.customer.createMany({ data: customers.map((customer) => ({ ...customer, accountId })) })
  await tx.order.createMany({ data: orders.map(({ order }) => order) })
  await tx.orderItem.createMany({ data: orders.flatMap(({ items }) => items) })
  await tx.orderNumber.create({ data: { accountId, last } })
}

/** What the verbs of stock write, at the times at which they would have. */
const acts = { reserved: 'reserve', released: 'release', sold: 'sell', returned: 'return' } as const

async function writeMovements(tx: Tx, { id: accountId }: Shop, { moved, products, orders }: History): Promise<void> {
  const idOf = new Map(products.map(({ sku, id }) => [sku, id]))
  const rows = moved.map(({ sku, kind, onHandDelta, reservedDelta, at, order }) => {
    const [productId, orderId] = [idOf.get(sku) ?? '', order === null ? null : (orders[order]?.order.id ?? null)]
    const act = acts[kind as keyof typeof acts]
    const key = orderId ? `order/${orderId}/${act}/${productId}` : `stock-form/${randomUUID()}/${productId}`
    return { accountId, productId, orderId, kind, onHandDelta, reservedDelta, key, at }
  })
  await tx.stockMovement.createMany({ data: rows })
}
