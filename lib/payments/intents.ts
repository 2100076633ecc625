import Stripe from 'stripe'
import { now } from '../clock'
import { idOf } from './id-of'
import { atProvider, isMissing, isUnexpectedState, ProviderAwayError } from './provider-error'
import { stripeClient } from './stripe'

/** The SDK's types no longer tell of this parameter; Stripe takes it, and without it offers all that its dashboard allows. */
export const CARDS_ALONE = { payment_method_types: ['card'] }

type NewIntent = {
  orderId: string
  customerId: string
  cardId: string
  amountMinor: number
  currency: string
  /** Part of its key: the same one is the same intent. */
  attempt: number
  /** Called when the provider has failed, and will answer so to this attempt's key for good. */
  failed: () => Promise<void>
}

/**
 * Creates an intent to charge a card, which moves no money by itself.
 * @throws ProviderAwayError, or the provider's refusal.
 */
export async function createIntent({ failed, ...intent }: NewIntent): Promise<Stripe.PaymentIntent> {
  const { orderId, customerId, cardId, amountMinor, currency, attempt } = intent
  try {
    return await atProvider(
      stripeClient().paymentIntents.create(
        {
          amount: amountMinor,
          currency: currency.toLowerCase(),
          customer: customerId,
          payment_method: cardId,
          ...CARDS_ALONE,
          metadata: { orderId },
        },
        { idempotencyKey: `order/${orderId}/intent/${attempt}` },
      ),
      now(),
    )
  } catch (error) {
    if (error instanceof ProviderAwayError && error.hasFailed) await failed()
    throw error
  }
}

/** The intent as it stands at the provider. @throws ProviderAwayError */
export function retrieveIntent(id: string): Promise<Stripe.PaymentIntent> {
  return atProvider(stripeClient().paymentIntents.retrieve(id), now())
}

/**
 * Takes the money, without the customer being there. It has no key of ours: a key would replay an old answer, and whoever
 * confirms has looked at the intent before.
 * @returns the intent; or why the card was declined.
 * @throws ProviderAwayError, or the provider's refusal where the intent has become something else meanwhile.
 */
export async function confirmIntent(
  id: string,
  cardId: string,
): Promise<Stripe.PaymentIntent | { declineCode: string }> {
  try {
    return await atProvider(
      stripeClient().paymentIntents.confirm(id, { payment_method: cardId, off_session: true }),
      now(),
    )
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeCardError)) throw error
    return { declineCode: error.decline_code ?? error.code ?? 'declined' }
  }
}

/**
 * Sees to it that an intent takes no money any more.
 * @returns `canceled`; or `succeeded`, where it has taken it.
 * @throws ProviderAwayError; Error while it is neither.
 */
export async function cancelIntent(id: string): Promise<'canceled' | 'succeeded'> {
  try {
    await atProvider(stripeClient().paymentIntents.cancel(id), now())
    return 'canceled'
  } catch (error) {
    if (!isUnexpectedState(error)) throw error
    const { status } = await retrieveIntent(id)
    if (status === 'canceled') return 'canceled'
    if (status === 'succeeded') return 'succeeded'
    throw new Error(`The intent ${id} is ${status}; whether it takes money is not known yet.`)
  }
}

/**
 * Gives back what is left of what an intent has taken, once; a part of it may have been given back before, by hand.
 * @param amountMinor all that it has taken.
 * @returns the id at the provider of the refund that made it whole.
 * @throws ProviderAwayError; Error where the provider could not give it back.
 */
export async function refundIntent(id: string, amountMinor: number): Promise<string> {
  const { refunds } = stripeClient()
  const isGood = ({ status }: Stripe.Refund) => status !== 'failed' && status !== 'canceled'
  const before = await atProvider(refunds.list({ payment_intent: id, limit: 100 }), now())
  const good = before.data.filter(isGood)
  const [latest] = good
  if (latest && good.reduce((sum, { amount }) => sum + amount, 0) >= amountMinor) return latest.id
  // Of two at the same moment the provider refuses one, since no more is given back than was taken; it looks anew then.
  const made = await atProvider(refunds.create({ payment_intent: id }), now())
  if (!isGood(made)) throw new Error(`The refund ${made.id} has ${made.status}.`)
  return made.id
}

/** How a charge stands: what of it was given back so far, in minor units, and whether that is all. */
export type ChargeFound = { intentId: string; refundedMinor: number; isRefunded: boolean }

/** A charge as it stands at the provider; null where there is none, or none of an intent. @throws ProviderAwayError */
export async function findCharge(id: string): Promise<ChargeFound | null> {
  const charge = await orNull(stripeClient().charges.retrieve(id))
  const intentId = idOf(charge?.payment_intent)
  if (!charge || !intentId) return null
  return { intentId, refundedMinor: charge.amount_refunded, isRefunded: charge.refunded }
}

/** Whether an intent was cancelled at the provider. @throws ProviderAwayError */
export async function isIntentCancelled(id: string): Promise<boolean> {
  return (await orNull(stripeClient().paymentIntents.retrieve(id)))?.status === 'canceled'
}

/** What the provider has, or null where it has nothing of that id: an event may be of another shop's system. */
async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await atProvider(call, now())
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
