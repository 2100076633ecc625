import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { afterEach, beforeEach } from 'vitest'
import { type PaymentSandbox, type PaymentSandboxOptions, startPaymentSandbox } from '@/local/payments/sandbox'

export const WEBHOOK_SECRET = 'whsec_test'
export const CARDS = {
  good: '4242424242424242',
  declinedLater: '4000000000000341',
  declined: '4000000000000002',
  noFunds: '4000000000009995',
  authenticatesOnce: '4000002500003155',
  authenticatesAlways: '4000002760003184',
  alreadySetUp: '4000003800000446',
  noFundsLater: '4000008260003178',
}

/** A payment sandbox of its own for each test of a file, and the official SDK for it. */
export function ownPayments(change: Partial<PaymentSandboxOptions> = {}) {
  let dir = ''
  let sandbox: PaymentSandbox | undefined
  let movedMs = 0
  const present = () => {
    if (!sandbox) throw new Error('the sandbox is there within a test only')
    return sandbox
  }
  const start = async (options: Partial<PaymentSandboxOptions> = {}) => {
    sandbox = await startPaymentSandbox({ port: 0, dir, now: () => Date.now() + movedMs, ...change, ...options })
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'backroom-payments-'))
    movedMs = 0
    await start()
  })
  afterEach(async () => {
    await present().stop()
    rmSync(dir, { recursive: true, force: true })
  })

  return {
    url: () => present().url,
    dir: () => dir,
    stripe: (config: Stripe.StripeConfig = {}) => stripeAt(present().url, config),
    /** Moves the sandbox's clock, which otherwise is the real one. */
    move: (ms: number) => {
      movedMs += ms
    },
    /** Ends the sandbox and starts it on the same journal. */
    restart: async (options?: Partial<PaymentSandboxOptions>) => {
      await present().stop()
      await start(options)
    },
    fault: (body: object) => fetch(`${present().url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) }),
    payments: async () => {
      const response = await fetch(`${present().url}/sandbox/payments`)
      return (await response.json()).payments as {
        payment_intent: Stripe.PaymentIntent
        charges: Stripe.Charge[]
        refunds: Stripe.Refund[]
      }[]
    },
    /** What the sandbox told nobody yet. */
    waiting: async () => {
      const response = await fetch(`${present().url}/sandbox/webhooks`)
      return (await response.json()).waiting as Stripe.Event[]
    },
  }
}

export function stripeAt(url: string, config: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(url)
  return new Stripe('sk_test_any', {
    protocol: 'http',
    host: hostname,
    port,
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  })
}

export const sessionFor = (stripe: Stripe, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    success_url: 'http://localhost:3000/back?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/basket',
    ...more,
  })

/** Types a card on a session's page, as a customer does, and goes where the page leads. */
export async function typeCard(session: Stripe.Checkout.Session, number: string, more: Record<string, string> = {}) {
  const form = { number, expiry: '12 / 34', cvc: '123', name: 'Ann Other', email: 'ann@example.com', ...more }
  return post(session.url ?? '', form)
}

/** Answers the bank's question. */
export async function authenticate(session: Stripe.Checkout.Session, outcome: 'complete' | 'fail') {
  return post(`${session.url}/authenticate`, { outcome })
}

export async function post(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })
  return { status: response.status, location: response.headers.get('location'), html: await response.text() }
}

/** A customer whose card is saved by the page, for charges without them. */
export async function savedCard(stripe: Stripe, number = CARDS.good): Promise<{ customer: string; method: string }> {
  const { id: customer } = await stripe.customers.create({ email: 'ann@example.com' })
  const session = await sessionFor(stripe, { customer })
  await typeCard(session, number)
  const first = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
  if (first.status === 'open') await authenticate(session, 'complete')
  const { setup_intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
  const { payment_method } = setup_intent as Stripe.SetupIntent
  return { customer, method: payment_method as string }
}

/** An endpoint that Stripe's events are posted to. */
export async function openEndpoint(answer: () => number = () => 200) {
  const got: { body: string; signature: string }[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const status = answer()
      if (status < 300) got.push({ body, signature: String(request.headers['stripe-signature']) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/stripe`,
    got,
    events: () => got.map(({ body }) => JSON.parse(body) as Stripe.Event),
    types: () => got.map(({ body }) => (JSON.parse(body) as Stripe.Event).type),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The error that a promise ends in. */
export async function errorOf(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof Stripe.errors.StripeError) return error
  throw new Error(`an error of Stripe’s was expected, and this came: ${error}`)
}
