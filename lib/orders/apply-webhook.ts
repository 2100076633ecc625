import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Order, Payment } from '../db/generated/client'
import { findCharge, isIntentCancelled } from '../payments/intents'
import { acceptCard } from './accept-card'
import { askForSettlement, endAs } from './end-as'
import { withOrder } from './lock-order'
import { recordSuccess } from './record-payment'

export type WebhookApplied = { applied: boolean; orderId?: string }

/**
 * Applies what the payment provider has told, once. In which order it tells, and how often, is no matter: each is only a
 * reason to look how things stand.
 * @throws ProviderAwayError
 */
export async function applyWebhook(webhookEventId: string): Promise<WebhookApplied> {
  const { type, objectId, appliedAt } = await db().webhookEvent.findUniqueOrThrow({ where: { id: webhookEventId } })
  if (appliedAt) return { applied: false }
  const orderId = (await verbs[type]?.(objectId)) ?? null
  await db().webhookEvent.update({ where: { id: webhookEventId }, data: { appliedAt: now() } })
  return orderId ? { applied: true, orderId } : { applied: false }
}

/** What is done on each word of the provider; of any other nothing follows. They answer the order's id, if it is one's. */
const verbs: Record<string, (objectId: string) => Promise<string | null>> = {
  'checkout.session.completed': cardGiven,
  'payment_intent.succeeded': charged,
  'payment_intent.canceled': cancelled,
  'charge.refunded': takeOverRefund,
}

async function cardGiven(sessionId: string): Promise<string | null> {
  const order = await db().order.findUnique({ where: { providerSessionId: sessionId }, select: { id: true } })
  if (order) await acceptCard(order)
  return order?.id ?? null
}

/** The order's own run knows of it, unless the order has been given up; then it is settled, which gives the money back. */
function charged(intentId: string): Promise<string | null> {
  return withOrderOf(intentId, async (tx, { id, status, endingAs }) => {
    const isGood = status === 'confirmed' || status === 'placed'
    if (!isGood || endingAs) await askForSettlement(tx, id, `webhook/${intentId}`)
  })
}

/** By hand, in the provider's own rooms, or by us while we settled: nobody can pay for the order any more. */
async function cancelled(intentId: string): Promise<string | null> {
  if (!(await isIntentCancelled(intentId))) return null
  return withOrderOf(intentId, async (tx, order, { status }) => {
    if (order.status === 'placed' && status === 'open') await endAs(tx, order, 'cancelled')
  })
}

/**
 * Money was given back: by us, or by hand at the provider. Once all of it is, the order is to end, and its pieces come
 * back; a part is noted, and changes nothing else.
 */
export async function takeOverRefund(chargeId: string): Promise<string | null> {
  const charge = await findCharge(chargeId)
  const payment = charge && (await db().payment.findUnique({ where: { providerIntentId: charge.intentId } }))
  if (!payment) return null
  // What is given back was taken: who was to write that down has not come to it, or never heard of it.
  if (payment.status !== 'succeeded') await recordSuccess(payment.orderId, payment.id)
  return withOrderOf(charge.intentId, async (tx, order, { id, amountMinor }) => {
    const refundedMinor = Math.min(charge.refundedMinor, amountMinor)
    // Two words of the same charge may overtake each other; what was given back never becomes less.
    await tx.payment.updateMany({ where: { id, refundedMinor: { lt: refundedMinor } }, data: { refundedMinor } })
    if (charge.isRefunded) await endAs(tx, order, 'refunded')
  })
}

/** Does something with the order that an intent is of, under its lock. @returns its id; null where it is none of ours. */
async function withOrderOf(
  intentId: string,
  verb: (tx: Tx, order: Order, payment: Payment) => Promise<void>,
): Promise<string | null> {
  const found = await db().payment.findUnique({
    where: { providerIntentId: intentId },
    select: { id: true, orderId: true },
  })
  if (!found) return null
  return withOrder(found.orderId, async (tx, order) => {
    await verb(tx, order, await tx.payment.findUniqueOrThrow({ where: { id: found.id } }))
    return order.id
  })
}
