import Stripe from 'stripe'
import { env } from '../env'

/** The sandbox takes any key of this shape. */
const SANDBOX_KEY = 'sk_test_sandbox'
/** A confirmation of a slow bank takes some seconds; beyond this its outcome is looked up. */
const ANSWER_LIMIT_MS = 30_000

const clients = new WeakMap<object, Stripe>()

/**
 * The official client, for the real Stripe or for the sandbox that stands in for it; one per environment, since it keeps
 * its connections. Trying again is left to the steps: the SDK's own tries would go out before anybody has looked up what
 * the first one did. One that it makes all the same, after a connection that was closed, goes out under the key of the
 * first, which it makes by chance for each POST that brings none.
 */
export function stripeClient(): Stripe {
  const current = env()
  const known = clients.get(current)
  if (known) return known
  const { stripeSecretKey, stripeBaseUrl } = current.payments
  const client = new Stripe(stripeSecretKey ?? SANDBOX_KEY, {
    maxNetworkRetries: 0,
    timeout: ANSWER_LIMIT_MS,
    telemetry: false,
    ...(stripeBaseUrl ? addressOf(stripeBaseUrl) : {}),
  })
  clients.set(current, client)
  return client
}

function addressOf(url: string): { protocol: 'http' | 'https'; host: string; port: number } {
  const { protocol, hostname, port } = new URL(url)
  const isSecure = protocol === 'https:'
  return { protocol: isSecure ? 'https' : 'http', host: hostname, port: Number(port) || (isSecure ? 443 : 80) }
}
