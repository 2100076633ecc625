import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Payment } from '../db/generated/client'
import { sellStock } from '../stock/order-stock'
import { askForSettlement, endAs } from './end-as'
import { isUnderWay, withOrder } from './lock-order'
import type { PaymentProcessed } from './process-payment'

/** The provider answers under this key with its failure from now on; the next try has another one. */
export async function raiseIntentAttempt({ id, intentAttempt }: Payment): Promise<void> {
  await db().payment.updateMany({
    where: { id, intentAttempt, status: 'open' },
    data: { intentAttempt: intentAttempt + 1 },
  })
}

/** @returns the id of the intent that the payment has by now; null where it was closed before it had one. */
export async function keepIntent(paymentId: string, intentId: string): Promise<string | null> {
  await db().payment.updateMany({
    where: { id: paymentId, status: 'open', providerIntentId: null },
    data: { providerIntentId: intentId },
  })
  const { status, providerIntentId } = await db().payment.findUniqueOrThrow({ where: { id: paymentId } })
  return status === 'open' ? providerIntentId : null
}

/**
 * The charge was made. An order that is still wanted is confirmed by it, and its stock sold; any other is to be settled,
 * which gives the money back.
 */
export function recordSuccess(orderId: string, paymentId: string): Promise<PaymentProcessed> {
  return withOrder(orderId, async (tx, order) => {
    const isFirst = await markSucceeded(tx, paymentId)
    if (!isUnderWay(order)) {
      const isConfirmed = order.status === 'confirmed' && order.confirmedAt && !order.endingAs
      if (isConfirmed) return confirmed(paymentId, order.confirmedAt ?? now(), !isFirst)
      await askForSettlement(tx, orderId, 'charged')
      return { ok: false, why: order.endingAs ?? order.status }
    }
    const confirmedAt = now()
    await tx.order.update({ where: { id: orderId }, data: { status: 'confirmed', confirmedAt } })
    await sellStock(tx, { accountId: order.accountId, orderId })
    return confirmed(paymentId, confirmedAt, !isFirst)
  })
}

const confirmed = (paymentId: string, confirmedAt: Date, alreadyProcessed: boolean): PaymentProcessed => ({
  ...{ ok: true, paymentId, alreadyProcessed, confirmedAt: confirmedAt.toISOString() },
})

/** Writes that a payment's money has come, in the caller's transaction, which holds the order's row. */
export async function markSucceeded(tx: Tx, paymentId: string): Promise<boolean> {
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, status: { not: 'succeeded' } },
    data: { status: 'succeeded', endedAt: now() },
  })
  return count > 0
}

/** The card was declined: the order is to end so. */
export function recordDecline(orderId: string, paymentId: string, declineCode: string): Promise<PaymentProcessed> {
  return withOrder(orderId, async (tx, order) => {
    await tx.payment.updateMany({
      where: { id: paymentId, status: 'open' },
      data: { status: 'declined', declineCode: declineCode.slice(0, 100), endedAt: now() },
    })
    await endAs(tx, order, 'declined')
    return { ok: false, why: order.endingAs ?? 'declined' }
  })
}
