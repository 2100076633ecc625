import { z } from 'zod'
import { findCard, type TestCard } from './cards'
import { confirmIntent } from './confirm-intent'
import { createCustomer } from './customers'
import { createIntent } from './payment-intents'
import { createPaymentMethod } from './payment-methods'
import { createRefund } from './refunds'
import type { World } from './world'

/** Seconds. */
const instant = z.int().min(0).max(4_102_444_800)

const card = z.string().transform((number, context) => {
  const found = findCard(number)
  if (!found) context.addIssue('This should be the number of a test card.')
  return found as TestCard
})

const pastPayment = z.strictObject({
  orderId: z.string().max(100),
  name: z.string().max(200),
  email: z.string().max(254),
  amount: z.int().min(1).max(99_999_999),
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  /** One that is refused when it is charged makes a payment that was declined. */
  card,
  chargedAt: instant,
  refundedAt: instant.optional(),
})

export const pastPayments = z.strictObject({ payments: z.array(pastPayment).max(1_000) })

export type PastPayment = z.infer<typeof pastPayment>

/** What a payment came to. */
export type Made = { orderId: string; customerId: string; cardId: string; intentId: string; refundId: string | null }

/**
 * Makes a payment as if it had been made at an earlier time, so that a shop that begins with a history can give its money
 * back. Nobody is told of it.
 * @param worldAt what sees and changes all that there is, at an instant, with no endpoint.
 */
export function makePastPayment(payment: PastPayment, worldAt: (now: number) => World): { made: Made; world: World } {
  const { orderId, name, email, amount, currency } = payment
  const world = worldAt(payment.chargedAt)
  const customer = createCustomer(world, { name, email })
  const method = world.put({ ...createPaymentMethod(world, payment.card, { name, email }), customer: customer.id })
  const intent = createIntent(world, {
    ...{ amount, currency, customer: customer.id, payment_method: method.id, payment_method_types: ['card'] },
    ...{ metadata: { orderId }, capture_method: 'automatic', confirm: false, expand: [] },
  })
  confirmIntent(world, intent, { payment_method: method.id, off_session: true })
  const refundId = payment.refundedAt === undefined ? null : givenBack(world, intent.id, payment.refundedAt)
  return { made: { orderId, customerId: customer.id, cardId: method.id, intentId: intent.id, refundId }, world }
}

function givenBack(world: World, intentId: string, created: number): string {
  const refund = createRefund(world, { payment_intent: intentId, metadata: null, expand: [] })
  return world.put({ ...refund, created }).id
}
