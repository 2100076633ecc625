import { beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { ask } from '../support/doors'
import { checkedOut, checkoutForm, expectTruth, orderWhole, withPayments } from '../support/orders'
import { CARDS, ownPayments } from '../support/payments'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { event, signed, signedText, withWebhooks } from '../support/webhooks'
import { workOf } from '../support/work'

const product = ownProduct()
const payments = ownPayments()
withPayments(product, payments)
const { told } = withWebhooks(product, payments)
const { settle } = workOf(product)

let actor: Actor
let mug: string

beforeEach(async () => {
  actor = await openShop()
  mug = await addProduct(actor, { price: '12.50' })
})

const typesTold = async () => (await db().webhookEvent.findMany({ orderBy: { type: 'asc' } })).map(({ type }) => type)
const keys = () =>
  product
    .mail()
    .letters()
    .map(({ key }) => key ?? '')

describe('the provider’s word', () => {
  it('places and confirms an order whose customer never comes back', async () => {
    const { orderId } = await checkedOut(checkoutForm(actor, mug))
    await told()
    await settle()
    await told()
    await settle()
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    expect(await typesTold()).toEqual(
      expect.arrayContaining(['checkout.session.completed', 'payment_intent.succeeded']),
    )
    expect(await db().webhookEvent.count({ where: { appliedAt: null } })).toBe(0)
    await expectTruth(actor, payments, keys())
  })

  it.each([
    { kind: 'webhook-twice', times: 4 },
    { kind: 'webhook-out-of-order', times: 3, delayMs: 300 },
    { kind: 'webhook-late', times: 3, delayMs: 300 },
  ])('may come as it likes: %j', async (fault) => {
    expect((await payments.fault(fault)).status).toBe(200)
    const { orderId } = await checkedOut(checkoutForm(actor, mug))
    await told()
    await settle()
    await told()
    await settle('1m')
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    expect(await db().outboxEvent.count({ where: { name: 'order/placed' } })).toBe(1)
    await expectTruth(actor, payments, keys())
  })

  it('of a charge for an order that was given up gets it refunded', async () => {
    const { orderId } = await checkedOut(checkoutForm(actor, mug), CARDS.good)
    await told()
    await settle()
    // What a restored backup looks like: the order has ended, and our tables know nothing of the charge.
    const { payments: rows } = await orderWhole(orderId)
    await db().payment.updateMany({ data: { status: 'closed' } })
    await db().order.update({ where: { id: orderId }, data: { endingAs: 'cancelled' } })
    const again = event('payment_intent.succeeded', 'evt_again', { id: rows[0]?.providerIntentId })
    const { body, headers } = signed(again)
    expect((await ask(POST, 'POST', body, headers)).status).toBe(200)
    await settle('1m')
    expect(await orderWhole(orderId)).toMatchObject({ status: 'cancelled', refunds: [{ status: 'succeeded' }] })
    await expectTruth(actor, payments, keys())
  })
})

describe('the door for it', () => {
  it('stores an event once, and knows it by its signature alone', async () => {
    const { body, headers } = signed(event('customer.created'))
    const from = { ...headers, origin: 'https://stripe.example', 'sec-fetch-site': 'cross-site' }
    for (let n = 0; n < 3; n++) expect((await ask(POST, 'POST', body, from)).status).toBe(200)
    expect(await db().webhookEvent.findMany()).toMatchObject([{ id: 'evt_1', type: 'customer.created', objectId: 'x' }])
    expect(await db().outboxEvent.count({ where: { name: 'webhook/received' } })).toBe(1)
  })

  it.each<[string, (body: string, headers: Record<string, string>) => [string, Record<string, string>]]>([
    ['no signature', (body) => [body, {}]],
    [
      'a signature of another secret',
      () => Object.values(signed(event('x'), 'whsec_other')) as [string, Record<string, string>],
    ],
    ['another body', (body, headers) => [`${body} `, headers]],
    ['what is no JSON', () => Object.values(signedText('{')) as [string, Record<string, string>]],
  ])('refuses %s, and stores nothing', async (_, change) => {
    const { body, headers } = signed(event('customer.created'))
    const [sent, withHeaders] = change(body, headers)
    expect((await ask(POST, 'POST', sent, withHeaders)).status).toBe(400)
    expect(await db().webhookEvent.count()).toBe(0)
  })

  it('refuses what is larger than any event', async () => {
    expect((await ask(POST, 'POST', 'x'.repeat(2 * 1024 * 1024))).status).toBe(413)
  })
})
