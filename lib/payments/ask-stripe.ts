import Stripe from 'stripe'
import { stripeClient } from './stripe'

/**
 * Asks the payment provider for one intent, which changes nothing.
 * @param limitMs it answers within this, in milliseconds of real time.
 * @throws Error where it can't be reached, fails, or refuses our key.
 */
export async function askStripe(limitMs: number): Promise<void> {
  try {
    await stripeClient().paymentIntents.list({ limit: 1 }, { timeout: limitMs })
  } catch (error) {
    // It is there, and busy.
    if (error instanceof Stripe.errors.StripeRateLimitError) return
    throw error instanceof Stripe.errors.StripeError ? new Error(`Stripe: ${error.message}`) : error
  }
}
