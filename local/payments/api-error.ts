import type Stripe from 'stripe'

type Fields = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  decline_code?: string
  advice_code?: string
  network_decline_code?: string
  param?: string
  charge?: string
  payment_intent?: Stripe.PaymentIntent
  payment_method?: Stripe.PaymentMethod
}

/** An answer in the shape of Stripe's errors: https://docs.stripe.com/api/errors. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly fields: Fields,
    readonly headers: Record<string, string> = {},
  ) {
    super(fields.message)
  }

  get body(): { error: Fields & { doc_url?: string } } {
    const { code } = this.fields
    if (!code) return { error: this.fields }
    return { error: { ...this.fields, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } }
  }
}

/** What was asked for can't be done as it was asked. */
export function invalidRequest(message: string, more: { code?: string; param?: string } = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...more })
}

/**
 * @param kind as Stripe's sentence names it, such as `payment_intent` or `PaymentMethod`.
 * @param status 404 where the address names it, 400 where a parameter does.
 */
export function noSuch(kind: string, id: string, param: string, status: 400 | 404 = 400): ApiError {
  const message = `No such ${kind}: '${id}'`
  return new ApiError(status, { type: 'invalid_request_error', code: 'resource_missing', message, param })
}

/** The intent is in a state from which this can't be done; it comes along, so that the asker sees its state. */
export function unexpectedState(message: string, intent: Stripe.PaymentIntent): ApiError {
  const code = 'payment_intent_unexpected_state'
  return new ApiError(400, { type: 'invalid_request_error', code, message, payment_intent: intent })
}

export function rateLimited(retryAfterSeconds: number | undefined): ApiError {
  const message =
    'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.'
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) }
  return new ApiError(429, { type: 'invalid_request_error', code: 'rate_limit', message }, headers)
}

/** Somebody else is at work on the same object for too long. */
export function lockTimeout(): ApiError {
  const message =
    'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.'
  return new ApiError(
    429,
    { type: 'invalid_request_error', code: 'lock_timeout', message },
    { 'stripe-should-retry': 'true' },
  )
}

/** Stripe’s own failure. Whether the work was done, nobody can tell from it. */
export function serverFailure(status: number): ApiError {
  const message = 'An unknown error occurred'
  return new ApiError(status, { type: 'api_error', message }, { 'stripe-should-retry': 'false' })
}
