import { now } from '../clock'
import { db } from '../db'
import { acceptCard } from './accept-card'
import { askForSettlement } from './end-as'
import { withOrder } from './lock-order'

export type WebhookApplied = { applied: boolean; orderId?: string }

/**
 * Applies what the payment provider has told, once. In which order it tells, and how often, is no matter: each is only a
 * reason to look how things stand.
 * @throws ProviderAwayError
 */
export async function applyWebhook(webhookEventId: string): Promise<WebhookApplied> {
  const { type, objectId, appliedAt } = await db().webhookEvent.findUniqueOrThrow({ where: { id: webhookEventId } })
  if (appliedAt) return { applied: false }
  const orderId = await apply(type, objectId)
  await db().webhookEvent.update({ where: { id: webhookEventId }, data: { appliedAt: now() } })
  return orderId ? { applied: true, orderId } : { applied: false }
}

async function apply(type: string, objectId: string): Promise<string | null> {
  if (type === 'checkout.session.completed') return cardGiven(objectId)
  if (type === 'payment_intent.succeeded') return charged(objectId)
  return null
}

async function cardGiven(sessionId: string): Promise<string | null> {
  const order = await db().order.findUnique({ where: { providerSessionId: sessionId }, select: { id: true } })
  if (order) await acceptCard(order)
  return order?.id ?? null
}

/** The order's own run knows of it, unless the order has been given up; then it is settled, which gives the money back. */
async function charged(intentId: string): Promise<string | null> {
  const payment = await db().payment.findUnique({ where: { providerIntentId: intentId } })
  if (!payment) return null
  return withOrder(payment.orderId, async (tx, { id, status, endingAs }) => {
    const isGood = status === 'confirmed' || status === 'placed'
    if (isGood && !endingAs) return id
    await askForSettlement(tx, id, `webhook/${intentId}`)
    return id
  })
}
