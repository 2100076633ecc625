import type Stripe from 'stripe'
import { now } from '../clock'
import { idOf } from './id-of'
import { atProvider, isMissing } from './provider-error'
import { stripeClient } from './stripe'

/** An intent as the provider has it, with what it has taken and given back; amounts in minor units. */
export type ProviderIntent = {
  id: string
  status: Stripe.PaymentIntent.Status
  /** Of the money that it has taken. */
  chargeId: string | null
  /** The order that it was created for, by what was told the provider then. */
  orderId: string | null
  chargedMinor: number
  refundedMinor: number
  /** ISO 4217, e.g. EUR. */
  currency: string
}

/** What was created within these instants, by the provider's clock, which is the real one. */
export type Window = { from: Date; to: Date }

export type Page<T> = { items: T[]; next: string | null }

const PAGE = 100

/**
 * A page of the intents that were created within a window, newest first.
 * @param after the page before has told it as `next`.
 * @throws ProviderAwayError
 */
export async function listIntents(window: Window, after: string | null): Promise<Page<ProviderIntent>> {
  const query = { ...pageQuery(window, after), expand: ['data.latest_charge'] }
  const { data, has_more } = await atProvider(stripeClient().paymentIntents.list(query), now())
  return { items: data.map(readIntent), next: has_more ? (data.at(-1)?.id ?? null) : null }
}

/**
 * A page of the intents of which something was given back within a window.
 * @throws ProviderAwayError
 */
export async function listRefundedIntents(window: Window, after: string | null): Promise<Page<string>> {
  const { data, has_more } = await atProvider(stripeClient().refunds.list(pageQuery(window, after)), now())
  const items = data.flatMap(({ payment_intent: intent }) => idOf(intent) ?? [])
  return { items: [...new Set(items)], next: has_more ? (data.at(-1)?.id ?? null) : null }
}

/** An intent as it stands now; null where the provider has none of this id. @throws ProviderAwayError */
export async function findProviderIntent(id: string): Promise<ProviderIntent | null> {
  try {
    const found = stripeClient().paymentIntents.retrieve(id, { expand: ['latest_charge'] })
    return readIntent(await atProvider(found, now()))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function pageQuery({ from, to }: Window, after: string | null) {
  const created = { gte: seconds(from), lte: seconds(to) }
  return { created, limit: PAGE, ...(after ? { starting_after: after } : {}) }
}

const seconds = (instant: Date) => Math.floor(instant.getTime() / 1_000)

function readIntent(intent: Stripe.PaymentIntent): ProviderIntent {
  const { id, status, metadata, latest_charge: latest } = intent
  const charge = status === 'succeeded' && latest && typeof latest !== 'string' ? latest : null
  return {
    ...{ id, status, currency: intent.currency.toUpperCase(), orderId: metadata.orderId ?? null },
    chargedMinor: status === 'succeeded' ? intent.amount_received : 0,
    refundedMinor: charge?.amount_refunded ?? 0,
    chargeId: charge?.id ?? null,
  }
}
