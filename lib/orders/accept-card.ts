import type Stripe from 'stripe'
import { now } from '../clock'
import { db } from '../db'
import type { Order } from '../db/generated/client'
import { publish } from '../outbox/publish'
import { idOf } from '../payments/id-of'
import { atProvider } from '../payments/provider-error'
import { stripeClient } from '../payments/stripe'
import { withOrder } from './lock-order'
import type { OrderStatus } from './statuses'

type Card = { customerId: string; cardId: string }

/**
 * Places an order whose customer has given a card, once, whoever hears of it first: their browser that comes back, the
 * provider's word, or who looks when the time is over. One transaction makes it `placed` and publishes `order/placed`.
 * @returns how the order stands then; null where there is none.
 * @throws ProviderAwayError
 */
export async function acceptCard(where: { id: string } | { publicId: string }): Promise<OrderStatus | null> {
  const order = await db().order.findUnique({ where })
  if (!order) return null
  const card = order.status === 'awaitingCard' ? await givenCard(order) : null
  return card ? place(order.id, card) : order.status
}

/** The card that was given on the page of an order; null while there is none. */
export async function givenCard({ providerSessionId }: Pick<Order, 'providerSessionId'>): Promise<Card | null> {
  if (!providerSessionId) return null
  const { status, customer, setup_intent } = await atProvider(
    stripeClient().checkout.sessions.retrieve(providerSessionId, { expand: ['setup_intent'] }),
    now(),
  )
  const setup = setup_intent as Stripe.SetupIntent | null
  const [customerId, cardId] = [idOf(customer), idOf(setup?.payment_method)]
  return status === 'complete' && customerId && cardId ? { customerId, cardId } : null
}

export function place(orderId: string, { customerId, cardId }: Card): Promise<OrderStatus> {
  return withOrder(orderId, async (tx, { status, totalMinor }) => {
    if (status !== 'awaitingCard') return status
    await tx.order.update({
      where: { id: orderId },
      data: { status: 'placed', placedAt: now(), providerCustomerId: customerId, providerCardId: cardId },
    })
    await publish(tx, { name: 'order/placed', id: `order-placed/${orderId}`, data: { orderId, total: totalMinor } })
    return 'placed'
  })
}
