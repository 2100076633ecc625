import { createHmac } from 'node:crypto'

/**
 * The header that an endpoint knows Stripe's events by: https://docs.stripe.com/webhooks/signature. Pure.
 * @param at seconds; a receiver takes it for five minutes.
 */
export function signatureHeader(payload: string, secret: string, at: number): string {
  const signature = createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')
  return `t=${at},v1=${signature}`
}
