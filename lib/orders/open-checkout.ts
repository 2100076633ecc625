import { now } from '../clock'
import { db } from '../db'
import type { Account, Order } from '../db/generated/client'
import { CARDS_ALONE } from '../payments/intents'
import { atProvider } from '../payments/provider-error'
import { stripeClient } from '../payments/stripe'
import { returnUrl, shopUrl } from './order-url'

/** The provider asks for 30 minutes at least, by its own clock, which is the real one. */
const OPEN_S = 31 * 60

/**
 * Opens the provider's page on which a customer gives a card, once an order. A page that was opened and whose answer was
 * lost is known to nobody, so opening another one is harmless.
 * @returns its address; null where a card was given already, or the order is over.
 * @throws ProviderAwayError
 */
export async function openCheckout(order: Order, account: Account): Promise<string | null> {
  const { id, publicId, status, checkoutUrl, customerEmail, currency } = order
  if (status !== 'awaitingCard' || checkoutUrl) return status === 'awaitingCard' ? checkoutUrl : null
  const session = await atProvider(
    stripeClient().checkout.sessions.create({
      mode: 'setup',
      ...CARDS_ALONE,
      currency: currency.toLowerCase(),
      customer_creation: 'always',
      customer_email: customerEmail,
      client_reference_id: id,
      metadata: { orderId: id },
      success_url: returnUrl(publicId),
      cancel_url: shopUrl(account.slug),
      expires_at: Math.floor(Date.now() / 1_000) + OPEN_S,
    }),
    now(),
  )
  // Somebody who sent the same form at the same moment may have opened the one that counts.
  const [kept] = await db().$queryRaw<{ checkoutUrl: string }[]>`
    UPDATE "Order" SET "checkoutUrl" = CASE WHEN "providerSessionId" IS NULL THEN ${session.url} ELSE "checkoutUrl" END,
      "providerSessionId" = coalesce("providerSessionId", ${session.id})
    WHERE "id" = ${id} RETURNING "checkoutUrl"`
  return kept?.checkoutUrl ?? null
}
