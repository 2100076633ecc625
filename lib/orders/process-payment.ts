import { randomUUID } from 'node:crypto'
import { NonRetriableError } from 'inngest'
import type Stripe from 'stripe'
import { now } from '../clock'
import type { Payment } from '../db/generated/client'
import { cancelIntent, confirmIntent, createIntent, retrieveIntent } from '../payments/intents'
import { endAs } from './end-as'
import { isUnderWay, withOrder } from './lock-order'
import { keepIntent, raiseIntentAttempt, recordDecline, recordSuccess } from './record-payment'

export type PaymentProcessed =
  | { ok: true; paymentId: string; confirmedAt: string; alreadyProcessed: boolean }
  /** The order is to end, or has ended, as this. */
  | { ok: false; why: string }

type Claimed = { payment: Payment; customerId: string; cardId: string }

/**
 * Charges an order's card, once. The payment's row comes first; then an intent is created, which moves no money, and its
 * id is kept; only an intent that was kept, and was looked at since, is confirmed. So whatever dies in between, a later
 * try finds out what became of it before it does anything.
 * @throws ProviderAwayError and others where a later try may succeed.
 */
export async function processPayment(orderId: string): Promise<PaymentProcessed> {
  const claimed = await claimPayment(orderId)
  if ('ok' in claimed) return claimed
  const intentId = claimed.payment.providerIntentId ?? (await makeIntent(orderId, claimed))
  if (!intentId) return standing(orderId)
  return charge(orderId, { ...claimed, intentId })
}

/** The row that the order is charged by, while it may be; else how the order stands. */
function claimPayment(orderId: string): Promise<Claimed | PaymentProcessed> {
  return withOrder(orderId, async (tx, order) => {
    const payments = await tx.payment.findMany({ where: { orderId } })
    const paid = payments.find(({ status }) => status === 'succeeded')
    if (paid && order.confirmedAt && !order.endingAs)
      return { ok: true, paymentId: paid.id, confirmedAt: order.confirmedAt.toISOString(), alreadyProcessed: true }
    if (!isUnderWay(order)) return { ok: false, why: order.endingAs ?? order.status }
    const { totalMinor: amountMinor, currency, providerCustomerId, providerCardId } = order
    if (!providerCustomerId || !providerCardId) throw new NonRetriableError(`The order ${orderId} has no card.`)
    const open = payments.find(({ status }) => status === 'open')
    const data = { id: randomUUID(), orderId, amountMinor, currency, createdAt: now() }
    const payment = open ?? (await tx.payment.create({ data }))
    return { payment, customerId: providerCustomerId, cardId: providerCardId }
  })
}

/** @returns the id of the intent that was kept; null where the payment was closed meanwhile, or another intent is kept. */
async function makeIntent(orderId: string, { payment, customerId, cardId }: Claimed): Promise<string | null> {
  const intent = await createIntent({
    ...{ orderId, customerId, cardId, amountMinor: payment.amountMinor, currency: payment.currency },
    attempt: payment.intentAttempt,
    failed: () => raiseIntentAttempt(payment),
  })
  const kept = await keepIntent(payment.id, intent.id)
  if (kept === intent.id) return kept
  await cancelIntent(intent.id)
  return kept
}

async function charge(
  orderId: string,
  { payment, cardId, intentId }: Claimed & { intentId: string },
): Promise<PaymentProcessed> {
  const before = await retrieveIntent(intentId)
  const declined = declineOf(before, cardId)
  if (before.status === 'succeeded') return recordSuccess(orderId, payment.id)
  if (declined) return recordDecline(orderId, payment.id, declined)
  if (before.status === 'canceled') return ended(orderId)
  if (before.status !== 'requires_confirmation' && before.status !== 'requires_payment_method')
    throw new Error(`The payment of the order ${orderId} is ${before.status} at the provider.`)
  // Whoever wants the order to end closes the payment first, and then cancels its intent at the provider: one that is
  // closed between this look and the charge is either not confirmed any more, or is found charged, and refunded.
  const stands = await withOrder(orderId, async (tx, order) => {
    const row = await tx.payment.findUnique({ where: { id: payment.id } })
    return isUnderWay(order) && row?.status === 'open'
  })
  if (!stands) return standing(orderId)
  const confirmed = await confirmIntent(intentId, cardId)
  if ('declineCode' in confirmed) return recordDecline(orderId, payment.id, confirmed.declineCode)
  if (confirmed.status === 'succeeded') return recordSuccess(orderId, payment.id)
  throw new Error(`The payment of the order ${orderId} is ${confirmed.status} at the provider.`)
}

/** Of this card, tried before, whose answer was lost. The bank is not asked a second time. Pure. */
function declineOf({ status, last_payment_error: error }: Stripe.PaymentIntent, cardId: string): string | null {
  if (status === 'requires_action') return 'authentication_required'
  const isOfCard = status === 'requires_payment_method' && error?.payment_method?.id === cardId
  return isOfCard ? (error.decline_code ?? error.code ?? 'declined') : null
}

/** Somebody else has taken the payment's place: how the order stands by now. */
async function standing(orderId: string): Promise<PaymentProcessed> {
  const claimed = await claimPayment(orderId)
  if ('ok' in claimed) return claimed
  throw new Error(`The payment of the order ${orderId} is under way elsewhere.`)
}

/** Its intent was cancelled at the provider. By settling, or there, by hand: then nobody can pay it any more. */
function ended(orderId: string): Promise<PaymentProcessed> {
  return withOrder(orderId, async (tx, order) => {
    await endAs(tx, order, 'cancelled')
    return { ok: false, why: order.endingAs ?? 'cancelled' }
  })
}
