import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  CARDS,
  errorOf,
  openEndpoint,
  ownPayments,
  savedCard,
  sessionFor,
  typeCard,
  WEBHOOK_SECRET,
} from '../../support/payments'

const sandbox = ownPayments({ webhookWaitMs: () => 5 })
const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }

let endpoint: Awaited<ReturnType<typeof openEndpoint>>
let answers: number[]

const open = () => openEndpoint(() => answers.shift() ?? 200)
const told = () => ({ endpoint: { url: endpoint.url, secret: WEBHOOK_SECRET } })

beforeEach(async () => {
  answers = []
  endpoint = await open()
  await sandbox.restart(told())
})
afterEach(() => endpoint.close())

const SOON = { interval: 5, timeout: 20_000 }
/** Waits until so many events were taken. */
const taken = (count: number) => expect.poll(() => endpoint.got.length, SOON).toBe(count)

async function pay(stripe: Stripe, number = CARDS.good) {
  const { customer, method } = await savedCard(stripe, number)
  const { id } = await stripe.paymentIntents.create({ ...order, customer, metadata: { orderId: 'o1' } })
  const confirmed = stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true })
  return { id, customer, confirmed }
}

describe('the endpoint', () => {
  it('is told of what happens, as it was then, under a signature that the SDK knows', async () => {
    const stripe = sandbox.stripe()
    const { id, confirmed } = await pay(stripe)
    await confirmed
    await stripe.refunds.create({ payment_intent: id, amount: 1 })
    await taken(3)
    const events = endpoint.got.map(({ body, signature }) =>
      stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET),
    )
    expect(events.map(({ type }) => type).sort()).toEqual([
      'charge.refunded',
      'checkout.session.completed',
      'payment_intent.succeeded',
    ])
    const succeeded = events.find(({ type }) => type === 'payment_intent.succeeded')
    expect(succeeded).toMatchObject({
      object: 'event',
      livemode: false,
      data: { object: { id, status: 'succeeded', metadata: { orderId: 'o1' } } },
      request: { id: (await confirmed).lastResponse.requestId },
    })
    const [first] = endpoint.got
    expect(() => stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? '', WEBHOOK_SECRET)).toThrow()
    expect(() => stripe.webhooks.constructEvent(first?.body ?? '', first?.signature ?? '', 'whsec_other')).toThrow()
  })

  it('is told of a payment that is declined, one that is cancelled, and a session that ends', async () => {
    const stripe = sandbox.stripe()
    const { id, confirmed } = await pay(stripe, CARDS.declinedLater)
    await errorOf(confirmed)
    await stripe.paymentIntents.cancel(id)
    await stripe.checkout.sessions.expire((await sessionFor(stripe)).id)
    await taken(4)
    expect(endpoint.types().sort()).toEqual([
      'checkout.session.completed',
      'checkout.session.expired',
      'payment_intent.canceled',
      'payment_intent.payment_failed',
    ])
    const failed = endpoint.events().find(({ type }) => type === 'payment_intent.payment_failed')
    expect(failed?.data.object).toMatchObject({ id, last_payment_error: { code: 'card_declined' } })
  })

  it('is told of a session whose time is over, though nobody looks at it', async () => {
    const { id } = await sessionFor(sandbox.stripe())
    sandbox.move(25 * 3_600_000)
    await expect.poll(() => endpoint.types(), SOON).toEqual(['checkout.session.expired'])
    expect(endpoint.events()[0]?.data.object).toMatchObject({ id, status: 'expired' })
  })

  it('that refuses is told again, until it takes it', async () => {
    answers = [500, 302, 404]
    await typeCard(await sessionFor(sandbox.stripe()), CARDS.good)
    await taken(1)
    expect(answers).toEqual([])
    await expect.poll(() => sandbox.waiting(), SOON).toEqual([])
  })

  it('that is away is told after the next start, of everything that it missed', async () => {
    await endpoint.close()
    const stripe = sandbox.stripe()
    await (await pay(stripe)).confirmed
    expect(await sandbox.waiting()).toHaveLength(2)
    endpoint = await open()
    await sandbox.restart(told())
    await taken(2)
    await expect.poll(() => sandbox.waiting(), SOON).toEqual([])
    await sandbox.restart(told())
    expect(endpoint.got).toHaveLength(2)
  })

  it('may be told late, and is told at the next start of what it was not told by then', async () => {
    await sandbox.fault({ kind: 'webhook-late', type: 'checkout.session.completed', delayMs: 600_000 })
    await (await pay(sandbox.stripe())).confirmed
    await taken(1)
    expect(endpoint.types()).toEqual(['payment_intent.succeeded'])
    // Taken is not yet noted: what the sandbox has not noted when it ends, it tells again.
    await expect.poll(() => sandbox.waiting(), SOON).toHaveLength(1)
    await sandbox.restart(told())
    await taken(2)
    expect(endpoint.types().at(-1)).toBe('checkout.session.completed')
  })

  it('that is told late is told all the same', async () => {
    await sandbox.fault({ kind: 'webhook-late', delayMs: 20 })
    await typeCard(await sessionFor(sandbox.stripe()), CARDS.good)
    await taken(1)
  })

  it('may be told twice', async () => {
    await sandbox.fault({ kind: 'webhook-twice' })
    await typeCard(await sessionFor(sandbox.stripe()), CARDS.good)
    await taken(2)
    const [first, second] = endpoint.events()
    expect(second).toEqual(first)
  })

  it('may be told in the opposite order', async () => {
    await sandbox.fault({ kind: 'webhook-out-of-order', times: 3 })
    const stripe = sandbox.stripe()
    const { id, confirmed } = await pay(stripe)
    await confirmed
    await stripe.refunds.create({ payment_intent: id })
    await taken(3)
    expect(endpoint.types()).toEqual(['charge.refunded', 'payment_intent.succeeded', 'checkout.session.completed'])
  })

  it('is told all the same, when too few come to be put out of order', async () => {
    await sandbox.fault({ kind: 'webhook-out-of-order', times: 3, delayMs: 20 })
    await typeCard(await sessionFor(sandbox.stripe()), CARDS.good)
    await taken(1)
  })
})
