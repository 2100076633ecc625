import { randomUUID } from 'node:crypto'
import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Order, Payment } from '../db/generated/client'
import { cancelIntent, refundIntent } from '../payments/intents'
import { releaseStock, returnStock } from '../stock/order-stock'
import { withOrder } from './lock-order'
import { markSucceeded } from './record-payment'
import { canBecome, isOver, type OrderStatus, type SettledStatus } from './statuses'

export type SettlementBegun =
  /** Nothing of this order is to be undone. */
  { isNeeded: false; status: OrderStatus } | { isNeeded: true; paymentIds: string[] }

/**
 * The first part of settling: closes the payment, so that from here on nobody confirms it.
 * @param endingAs what an order ends as that was given up before it was confirmed, and for which nothing else is decided.
 */
export function closePayments(orderId: string, endingAs?: SettledStatus): Promise<SettlementBegun> {
  return withOrder(orderId, async (tx, order) => {
    if (endingAs && order.status === 'placed' && !order.endingAs)
      await tx.order.update({ where: { id: orderId }, data: { endingAs } })
    const isWanted = order.status === 'placed' && !order.endingAs && !endingAs
    const isGood = order.status === 'confirmed' && !order.endingAs
    if (isWanted || isGood || order.status === 'awaitingCard') return { isNeeded: false, status: order.status }
    await tx.payment.updateMany({ where: { orderId, status: 'open' }, data: { status: 'closed', endedAt: now() } })
    const payments = await tx.payment.findMany({ where: { orderId }, select: { id: true } })
    return { isNeeded: true, paymentIds: payments.map(({ id }) => id) }
  })
}

/**
 * The second part: cancels what was not charged at the provider, and gives back what was. Done again, it does nothing.
 * @throws ProviderAwayError and others where a later try may succeed.
 */
export async function settlePayment(paymentId: string): Promise<'never charged' | 'refunded'> {
  const payment = await db().payment.findUniqueOrThrow({ where: { id: paymentId } })
  const { status, providerIntentId, orderId } = payment
  // An intent whose id was not kept is never confirmed; who made it cancels it.
  if (!providerIntentId) return 'never charged'
  const wasCharged = status === 'succeeded' || (await cancelIntent(providerIntentId)) === 'succeeded'
  if (!wasCharged) return 'never charged'
  const isOpen = await withOrder(orderId, async (tx) => {
    await markSucceeded(tx, paymentId)
    return claimRefund(tx, payment)
  })
  if (isOpen) await noteRefund(payment, await refundIntent(providerIntentId, payment.amountMinor))
  return 'refunded'
}

/** The refund's row, before the provider is asked. @returns whether it is still to be made. */
async function claimRefund(tx: Tx, { id, orderId, amountMinor, currency }: Payment): Promise<boolean> {
  const row = { id: randomUUID(), orderId, paymentId: id, amountMinor, currency, requestedAt: now() }
  await tx.refund.createMany({ data: [row], skipDuplicates: true })
  const refund = await tx.refund.findUniqueOrThrow({ where: { paymentId: id } })
  return refund.status === 'requested'
}

async function noteRefund({ id, amountMinor }: Payment, providerRefundId: string): Promise<void> {
  await db().$transaction([
    db().refund.updateMany({
      where: { paymentId: id, status: 'requested' },
      data: { status: 'succeeded', providerRefundId, succeededAt: now() },
    }),
    db().payment.update({ where: { id }, data: { refundedMinor: amountMinor } }),
  ])
}

/**
 * The last part: gives the stock back and ends the order, once its money is where it belongs.
 * @returns how the order has ended.
 * @throws Error while money of it is not settled.
 */
export function endOrder(orderId: string): Promise<OrderStatus> {
  return withOrder(orderId, async (tx, order) => {
    const { status, endingAs } = order
    if (isOver(status) || !endingAs) return status
    if (!canBecome(status, endingAs)) throw new Error(`The order ${orderId} is ${status} and can't become ${endingAs}.`)
    if (await hasUnsettledMoney(tx, orderId)) throw new Error(`Money of the order ${orderId} is not settled yet.`)
    await giveStockBack(tx, order)
    await tx.order.update({ where: { id: orderId }, data: { status: endingAs, endedAt: now() } })
    return endingAs
  })
}

async function hasUnsettledMoney(tx: Tx, orderId: string): Promise<boolean> {
  const unsettled = await tx.payment.findFirst({
    where: {
      orderId,
      OR: [{ status: 'open' }, { status: 'succeeded', NOT: { refund: { is: { status: 'succeeded' } } } }],
    },
  })
  return unsettled !== null
}

async function giveStockBack(tx: Tx, { id: orderId, accountId }: Order): Promise<void> {
  await releaseStock(tx, { accountId, orderId })
  await returnStock(tx, { accountId, orderId })
}
