import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { GET as returnFrom } from '@/app/api/orders/[publicId]/return/route'
import { POST } from '@/app/api/orders/route'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { acceptCard } from '@/lib/orders/accept-card'
import { cancelOrderByLink } from '@/lib/orders/cancel-order'
import { expireOrder } from '@/lib/orders/expire-order'
import { placeOrder } from '@/lib/orders/place-order'
import { type OutgoingEvent, startRelay } from '@/lib/outbox/relay'
import { archiveProduct } from '@/lib/products/archive-product'
import { ownApp } from '../../support/app'
import { post } from '../../support/doors'
import { checkedOut, checkoutForm, orderWhole, withPayments } from '../../support/orders'
import { CARDS, ownPayments } from '../../support/payments'
import { addProduct, openShop } from '../../support/shop'

const app = ownApp()
const payments = ownPayments()
withPayments(app, payments)
let actor: Actor
let mug: string

beforeEach(async () => {
  actor = await openShop()
  mug = await addProduct(actor, { price: '12.50', onHand: 10 })
})

const placedEvents = () => db().outboxEvent.findMany({ where: { name: 'order/placed' } })
const returned = (publicId: string) =>
  returnFrom(
    new Request(`http://localhost:3000/api/orders/${publicId}/return`, { headers: { 'sec-fetch-site': 'cross-site' } }),
  )

describe('an order at the checkout', () => {
  it('is written with the prices of this moment, waits for its card, and is sent to the provider’s page', async () => {
    const answer = await post(POST, checkoutForm(actor, mug, { items: [{ productId: mug, quantity: 2 }] }))
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      ...{ publicId: expect.stringMatching(/^[\w-]{32}$/), number: 1001 },
      checkoutUrl: expect.stringContaining(payments.url()),
    })
    await db().product.update({ where: { id: mug }, data: { priceMinor: 9_900 } })
    const order = await db().order.findFirstOrThrow({ include: { items: true } })
    expect(order).toMatchObject({ status: 'awaitingCard', totalMinor: 2_500, currency: 'USD', placedAt: null })
    expect(order.items).toMatchObject([{ priceMinor: 1_250, quantity: 2, totalMinor: 2_500 }])
    await expect(db().orderItem.updateMany({ data: { title: 'Other' } })).rejects.toThrow(/stays as it was/)
    expect(await placedEvents()).toEqual([])
  })

  it('hands its end, which is half an hour away, to the relay’s own next look, with that of others', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const sent: OutgoingEvent[][] = []
    startRelay({
      send: async (events) => {
        sent.push(events)
        return events.map(({ id }) => id)
      },
    })
    for (let n = 0; n < 2; n++) expect((await post(POST, checkoutForm(actor, mug))).status).toBe(201)
    expect(sent).toEqual([])
    vi.advanceTimersByTime(1_000)
    await expect
      .poll(() => sent)
      .toMatchObject([[{ name: 'order/checkout-lapsed' }, { name: 'order/checkout-lapsed' }]])
  })

  it('is one for a form that is sent five times at once, and counts up in its shop alone', async () => {
    const form = checkoutForm(actor, mug)
    const answers = await Promise.all(Array.from({ length: 5 }, () => placeOrder(form)))
    expect(answers).toEqual(answers.map(() => answers[0]))
    expect(answers[0]).toMatchObject({ ok: true, number: 1001 })
    expect(await placeOrder(checkoutForm(actor, mug))).toMatchObject({ number: 1002 })
    const other = await openShop()
    expect(await placeOrder(checkoutForm(other, await addProduct(other)))).toMatchObject({ number: 1001 })
    expect(await db().customer.count({ where: { accountId: actor.account.id } })).toBe(1)
    const changed = await placeOrder({ ...form, address: '2 Other Street' })
    expect(changed).toMatchObject({ ok: false, fields: { idempotencyKey: expect.stringContaining('Reload') } })
  })

  it.each<[string, (form: ReturnType<typeof checkoutForm>) => object, string]>([
    ['no shop of that name', (form) => ({ ...form, shop: 'nowhere' }), 'shop'],
    ['an address that is none', (form) => ({ ...form, email: 'cora' }), 'email'],
    ['an empty basket', (form) => ({ ...form, items: [] }), 'items'],
    ['half a piece', (form) => ({ ...form, items: [{ productId: mug, quantity: 0.5 }] }), 'items.0.quantity'],
    ['more than there is', (form) => ({ ...form, items: [{ productId: mug, quantity: 11 }] }), 'items.0.quantity'],
    [
      'more than there is, in two',
      (form) => ({ ...form, items: [6, 5].map((quantity) => ({ productId: mug, quantity })) }),
      'items.0.quantity',
    ],
    ['an unknown product', (form) => ({ ...form, items: [{ productId: 'no', quantity: 1 }] }), 'items.0.productId'],
    ['a control character', (form) => ({ ...form, name: 'Co\u0000ra' }), 'name'],
    ['a total that is none', (form) => ({ ...form, totalMinor: '12.50' }), 'totalMinor'],
    ['no key', (form) => ({ ...form, idempotencyKey: 'again' }), 'idempotencyKey'],
  ])('is refused for %s, by the field, and leaves nothing', async (_, change, field) => {
    const answer = await post(POST, change(checkoutForm(actor, mug)))
    expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([422, [field]])
    expect(await db().order.count()).toBe(0)
  })

  it('takes nothing that is archived, of another shop, of two currencies, or too cheap to charge', async () => {
    const [theirs, cheap, euro] = [
      await addProduct(await openShop()),
      await addProduct(actor, { price: '0.49' }),
      await addProduct({ account: { ...actor.account, currency: 'EUR' } }),
    ]
    const fieldsFor = async (...ids: string[]) => {
      const items = ids.map((productId) => ({ productId, quantity: 1 }))
      const answer = await placeOrder(checkoutForm(actor, mug, { items }))
      return answer.ok ? 'ok' : answer.fields
    }
    expect(await fieldsFor(theirs)).toHaveProperty(['items.0.productId'])
    expect(await fieldsFor(cheap)).toEqual({ items: 'An order comes to $0.50 at least.' })
    expect(await fieldsFor(mug, euro)).toEqual({ items: expect.stringContaining('different currencies') })
    await archiveProduct(actor, mug)
    expect(await fieldsFor(mug)).toHaveProperty(['items.0.productId'])
  })

  it('is not placed for another total than its customer has seen', async () => {
    const [old, form] = [
      checkoutForm(actor, mug, { totalMinor: 1_200 }),
      checkoutForm(actor, mug, { totalMinor: 1_250 }),
    ]
    expect(await placeOrder(old)).toMatchObject({
      fields: { totalMinor: 'A price has changed: this comes to $12.50 now.' },
    })
    expect(await db().order.count()).toBe(0)
    expect(await placeOrder(form)).toMatchObject({ ok: true })
    // Once it is placed, its prices are its own.
    await db().product.update({ where: { id: mug }, data: { priceMinor: 1_300 } })
    expect(await placeOrder(form)).toMatchObject({ ok: true, number: 1001 })
  })

  it('waits, with the provider away, and goes on by the same form', async () => {
    await payments.fault({ kind: 'server-error', times: 1 })
    const form = checkoutForm(actor, mug)
    expect((await post(POST, form)).status).toBe(503)
    expect((await post(POST, form)).status).toBe(201)
    expect(await db().order.count()).toBe(1)
  })
})

describe('a card', () => {
  it('places its order once, whoever hears of it, and leads to the order’s page', async () => {
    const { orderId, publicId, returnsTo } = await checkedOut(checkoutForm(actor, mug))
    expect(returnsTo).toBe(`http://localhost:3000/api/orders/${publicId}/return`)
    const answers = await Promise.all(Array.from({ length: 4 }, () => returned(publicId)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(answers[0]?.headers.get('location')).toBe(`http://localhost:3000/s/${actor.account.slug}/orders/${publicId}`)
    expect(await acceptCard({ id: orderId })).toBe('placed')
    expect(await placedEvents()).toMatchObject([{ id: `order-placed/${orderId}`, data: { orderId, total: 1_250 } }])
  })

  it('that was not given places nothing', async () => {
    const placed = await placeOrder(checkoutForm(actor, mug))
    const { publicId } = await db().order.findFirstOrThrow()
    expect((await returned(publicId)).status).toBe(303)
    expect(placed.ok && (await orderWhole(placed.orderId)).status).toBe('awaitingCard')
    expect((await returned('nothing')).status).toBe(404)
  })

  it('that was given at the last moment counts; without one the order expires, and its page with it', async () => {
    const late = await checkedOut(checkoutForm(actor, mug))
    expect(await expireOrder(late.orderId)).toBe('placed')
    const never = await placeOrder(checkoutForm(actor, mug))
    if (!never.ok) throw new Error(never.message)
    expect(await expireOrder(never.orderId)).toBe('expired')
    expect(await expireOrder(never.orderId)).toBe('expired')
    expect((await fetch(never.checkoutUrl ?? '')).status).toBe(410)
    expect(await placedEvents()).toHaveLength(1)
  })

  it('is not taken for an order that was cancelled before', async () => {
    const { orderId, publicId } = await checkedOut(checkoutForm(actor, mug), CARDS.good)
    expect(await cancelOrderByLink(publicId)).toEqual({ ok: true, status: 'cancelled' })
    expect(await acceptCard({ id: orderId })).toBe('cancelled')
    expect(await placedEvents()).toEqual([])
  })
})
