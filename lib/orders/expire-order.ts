import { now } from '../clock'
import { db } from '../db'
import { atProvider } from '../payments/provider-error'
import { stripeClient } from '../payments/stripe'
import { givenCard, place } from './accept-card'
import { withOrder } from './lock-order'
import type { OrderStatus } from './statuses'

/**
 * Ends an order to which no card was given in time. One that was given at the last moment, and not heard of, places it.
 * The provider's page is closed first, so that no card comes after.
 * @returns how the order stands then.
 * @throws ProviderAwayError
 */
export async function expireOrder(orderId: string): Promise<OrderStatus> {
  const order = await db().order.findUniqueOrThrow({ where: { id: orderId } })
  if (order.status !== 'awaitingCard') return order.status
  if (order.providerSessionId) await closePage(order.providerSessionId)
  const card = await givenCard(order)
  if (card) return place(orderId, card)
  return withOrder(orderId, async (tx, { status }) => {
    if (status !== 'awaitingCard') return status
    await tx.order.update({ where: { id: orderId }, data: { status: 'expired', endedAt: now() } })
    return 'expired'
  })
}

async function closePage(sessionId: string): Promise<void> {
  const { sessions } = stripeClient().checkout
  const { status } = await atProvider(sessions.retrieve(sessionId), now())
  if (status === 'open') await atProvider(sessions.expire(sessionId), now())
}
