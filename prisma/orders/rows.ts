import { randomBytes, randomUUID } from 'node:crypto'
import type { Prisma } from '../../lib/db/generated/client'
import type { OrderStatus } from '../../lib/orders/statuses'
import type { Made } from '../../local/payments/past-payments'
import type { Outcome, PlannedOrder } from './plan'

export type Product = { id: string; sku: string; title: string; priceMinor: number }
type Item = Prisma.OrderItemCreateManyInput
type Order = Prisma.OrderCreateManyInput & { id: string; publicId: string }
/** An order of the plan, with the rows that it makes. */
export type OrderRows = { planned: PlannedOrder; order: Order; items: Item[] }

const CARD_LIMIT_MS = 30 * 60_000
/** What an order of each outcome was to end as, once something of it was to be undone. */
const endings: Record<Outcome, OrderStatus | null> = {
  confirmed: null,
  expired: null,
  ...{ declined: 'declined', outOfStock: 'outOfStock', cancelled: 'cancelled', refunded: 'refunded' },
}

/** What stands in the books of an order, but for its money. */
export function orderRows(
  planned: PlannedOrder,
  shop: { accountId: string; currency: string; customerId: string; number: number },
  products: ReadonlyMap<string, Product>,
): OrderRows {
  const { customer, outcome, createdAt, placedAt, confirmedAt, endedAt } = planned
  const id = randomUUID()
  const items = planned.items.map(({ sku, quantity }, position) => {
    const { id: productId, title, priceMinor } = products.get(sku) as Product
    return { orderId: id, position, productId, sku, title, priceMinor, quantity, totalMinor: priceMinor * quantity }
  })
  const order = {
    ...{ id, ...shop, status: outcome, endingAs: endings[outcome], createdAt, placedAt, confirmedAt, endedAt },
    ...{ customerName: customer.name, customerEmail: customer.email, address: customer.address },
    publicId: randomBytes(24).toString('base64url'),
    totalMinor: items.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    expiresAt: new Date(createdAt.getTime() + CARD_LIMIT_MS),
    cancelRequestedAt: outcome === 'cancelled' ? endedAt : null,
    ...(placedAt ? { providerCustomerId: providerId('cus'), providerCardId: providerId('pm') } : {}),
    ...{ idempotencyKey: randomUUID(), formHash: '', providerSessionId: providerId('cs_test') },
  }
  return { planned, order, items }
}

const providerId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`

/** Whether the provider was asked for money: where there was no piece left, or no card, it was not. */
export const isCharged = ({ outcome, placedAt }: PlannedOrder) => placedAt !== null && outcome !== 'outOfStock'

/** An order with its card, as the provider knows it. */
export function withCard(rows: OrderRows, made: Made | undefined): OrderRows {
  if (!made) return rows
  return { ...rows, order: { ...rows.order, providerCustomerId: made.customerId, providerCardId: made.cardId } }
}

/** The payment of an order that was charged, or declined, and what was given back of it. */
export function moneyRows({ planned, order }: OrderRows, made: Made) {
  const { id: orderId, totalMinor: amountMinor, currency } = order
  const { outcome, placedAt, confirmedAt, endedAt } = planned
  const [paymentId, isDeclined] = [randomUUID(), outcome === 'declined']
  const payment = {
    ...{ id: paymentId, orderId, amountMinor, currency, providerIntentId: made.intentId },
    ...{ status: isDeclined ? ('declined' as const) : ('succeeded' as const), createdAt: placedAt ?? order.createdAt },
    ...{ declineCode: isDeclined ? 'generic_decline' : null, endedAt: confirmedAt ?? endedAt },
    refundedMinor: made.refundId ? amountMinor : 0,
  }
  const refund = {
    ...{ id: randomUUID(), orderId, paymentId, amountMinor, currency, status: 'succeeded' as const },
    ...{ providerRefundId: made.refundId, requestedAt: endedAt ?? placedAt ?? order.createdAt, succeededAt: endedAt },
  }
  return { payment, refunds: made.refundId ? [refund] : [] }
}
