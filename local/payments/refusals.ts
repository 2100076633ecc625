import type Stripe from 'stripe'
import { ApiError } from './api-error'
import type { Refusal } from './cards'

type About = { charge?: string; payment_intent?: Stripe.PaymentIntent; payment_method?: Stripe.PaymentMethod }

/** The error that a refused card is answered with. */
export function cardError(refusal: Refusal, about: About): ApiError {
  const { code, declineCode, message, adviceCode } = refusal
  return new ApiError(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode ? { decline_code: declineCode } : {}),
    ...(adviceCode ? { advice_code: adviceCode } : {}),
    ...about,
  })
}

/** The same, as the intent keeps it. */
export function paymentError(
  refusal: Refusal,
  about: { charge?: string; payment_method: Stripe.PaymentMethod },
): Stripe.PaymentIntent.LastPaymentError {
  const { error } = cardError(refusal, about).body
  return { ...error, type: 'card_error' }
}
