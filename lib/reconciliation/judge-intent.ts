import type { Order, Payment, PaymentDiscrepancyKind, Refund } from '../db/generated/client'
import type { ProviderIntent } from '../payments/provider-records'

type OurPayment = Payment & { refund: Refund | null }

/** What our tables say of an intent: its payment, if one is known, and the order that it is for, if there is one. */
export type Ours = {
  payment: OurPayment | null
  order: (Order & { payments: Payment[] }) | null
}

export type Verdict =
  | { is: 'agreed' }
  /** It was charged for an order that is still wanted: its work goes on from there. */
  | { is: 'to go on'; orderId: string }
  /** It was charged, or is to be given back, and the order is not wanted: settling brings both to the truth. */
  | { is: 'to settle'; orderId: string }
  /** More of it was given back at the provider than we have heard of. */
  | { is: 'to note refund'; chargeId: string }
  /** No rule says what is right. */
  | { is: 'to show'; kind: PaymentDiscrepancyKind; theirsMinor: number; oursMinor: number }

const AGREED: Verdict = { is: 'agreed' }
const HOUR_MS = 3_600_000

/**
 * Holds what the provider has of an intent against what we have. Pure.
 * @param theirs null where the provider knows no such intent.
 * @param at business time.
 */
export function judgeIntent(theirs: ProviderIntent | null, ours: Ours, at: Date): Verdict {
  const { payment } = ours
  if (theirs?.status !== 'succeeded') return payment ? judgeUncharged(payment) : AGREED
  if (!payment) return judgeUnknown(theirs, ours)
  if (theirs.chargedMinor !== payment.amountMinor || theirs.currency !== payment.currency)
    return show('amountDiffers', theirs.chargedMinor, payment.amountMinor)
  const { orderId } = payment
  if (payment.status !== 'succeeded') return { is: isWanted(ours.order) ? 'to go on' : 'to settle', orderId }
  return judgeRefund(theirs, payment, ours.order, at)
}

/** An intent moves no money by itself: only one that stands here as charged is missed. */
function judgeUncharged({ status, amountMinor }: Payment): Verdict {
  return status === 'succeeded' ? show('notCharged', 0, amountMinor) : AGREED
}

/** What has come and gone again is nobody's any more. */
function judgeUnknown(theirs: ProviderIntent, { order }: Ours): Verdict {
  if (theirs.refundedMinor >= theirs.chargedMinor) return AGREED
  if (!order || !mayBeOf(order, theirs)) return show('unknownCharge', theirs.chargedMinor, 0)
  return { is: isWanted(order) ? 'to go on' : 'to settle', orderId: order.id }
}

/** Whether a charge that no payment knows is its order's own: its sum is right, and nothing else was tried for it. Pure. */
function mayBeOf({ totalMinor, currency, payments }: NonNullable<Ours['order']>, theirs: ProviderIntent) {
  return (
    totalMinor === theirs.chargedMinor &&
    currency === theirs.currency &&
    payments.every(({ providerIntentId }) => providerIntentId === null)
  )
}

/** What was given back by hand at the provider is taken over; what we say was given back, and was not, is not ours to settle. */
function judgeRefund(
  { refundedMinor, chargeId }: ProviderIntent,
  { orderId, amountMinor, refund, refundedMinor: notedMinor }: OurPayment,
  order: Ours['order'],
  at: Date,
): Verdict {
  // Somebody is about to give it back, or has been for too long.
  if (refund?.status === 'requested')
    return at.getTime() - refund.requestedAt.getTime() > HOUR_MS ? { is: 'to settle', orderId } : AGREED
  if (refundedMinor < notedMinor) return show('refundMissing', refundedMinor, notedMinor)
  const isEnding = order?.status !== 'confirmed' || order.endingAs !== null
  const isHeardOf = refundedMinor === notedMinor && (refundedMinor < amountMinor || isEnding)
  return isHeardOf || !chargeId ? AGREED : { is: 'to note refund', chargeId }
}

function isWanted(order: Ours['order']): boolean {
  return (order?.status === 'placed' || order?.status === 'awaitingCard') && !order.endingAs
}

function show(kind: PaymentDiscrepancyKind, theirsMinor: number, oursMinor: number): Verdict {
  return { is: 'to show', kind, theirsMinor, oursMinor }
}
