import { RetryAfterError } from 'inngest'
import Stripe from 'stripe'

/** The payment provider can't be reached, or fails; what was asked for may have been done. */
export class ProviderAwayError extends Error {
  override name = 'ProviderAwayError'
  /** Whether it has answered that it failed itself: it gives the same answer to the same key again. */
  readonly hasFailed: boolean
  constructor(cause: Stripe.errors.StripeError) {
    super(`Stripe: ${cause.message}`, { cause })
    this.hasFailed = (cause.statusCode ?? 0) >= 500
  }
}

/**
 * Does a call of the provider. Where it is away, too busy or at fault itself, it throws what makes a step try again.
 * @param now the business time that a wait asked for by the provider counts from.
 * @throws ProviderAwayError, RetryAfterError, or the provider's own refusal.
 */
export async function atProvider<T>(call: Promise<T>, now: Date): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { statusCode, headers } = error
    const seconds = Number(headers?.['retry-after'])
    if (statusCode === 429 && seconds > 0)
      throw new RetryAfterError(`Stripe: ${error.message}`, new Date(now.getTime() + seconds * 1_000), { cause: error })
    const isPassing = statusCode === undefined || statusCode >= 500 || [401, 403, 409, 429].includes(statusCode)
    throw isPassing ? new ProviderAwayError(error) : error
  }
}

/** The state of a payment intent, or of a session, does not allow what was asked for: somebody was faster. */
export function isUnexpectedState(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state'
}

/** The provider has nothing of the id that was asked for. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'
}
