import type Stripe from 'stripe'
import { db } from '@/lib/db'
import { CARDS, savedCard } from './payments'

/** Charges a card for an order at the provider alone: our tables hear nothing of it, as after a backup was restored. */
export async function chargeUnheard(
  stripe: Stripe,
  orderId: string,
  change: { amount?: number; currency?: string } = {},
): Promise<Stripe.PaymentIntent> {
  const { customer, method } = await savedCard(stripe, CARDS.good)
  const { totalMinor, currency } = await db().order.findUniqueOrThrow({ where: { id: orderId } })
  await db().order.update({
    where: { id: orderId },
    data: { providerCustomerId: customer, providerCardId: method },
  })
  const card = { customer, payment_method: method, payment_method_types: ['card'] }
  return stripe.paymentIntents.create({
    ...{ amount: totalMinor, currency: currency.toLowerCase(), ...change, ...card },
    ...{ confirm: true, off_session: true, metadata: { orderId } },
  })
}
