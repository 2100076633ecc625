import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { acceptCard } from '@/lib/orders/accept-card'
import { cancelOrder, cancelOrderByLink } from '@/lib/orders/cancel-order'
import type { CheckoutForm } from '@/lib/orders/fields'
import { placeOrder } from '@/lib/orders/place-order'
import { processPayment } from '@/lib/orders/process-payment'
import { refundOrder } from '@/lib/orders/refund-order'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { cancelRun } from '@/lib/runs/cancel-run'
import { operator } from '../support/factories'
import { checkedOut, checkoutForm, expectTruth, orderWhole, withPayments } from '../support/orders'
import { CARDS, ownPayments } from '../support/payments'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct()
const payments = ownPayments()
withPayments(product, payments)
const { settle, runsOf, letters: deadLetters } = workOf(product)

let actor: Actor
let mug: string

beforeEach(async () => {
  actor = await openShop()
  mug = await addProduct(actor, { price: '12.50', onHand: 10 })
})

const keys = () =>
  product
    .mail()
    .letters()
    .map(({ key }) => key ?? '')
const truth = () => expectTruth(actor, payments, keys())
const stockOf = async (id = mug) => {
  const { onHand, reserved } = await db().product.findUniqueOrThrow({ where: { id } })
  return [onHand, reserved]
}

/** An order whose card is given and heard of. */
async function ordered(card: string = CARDS.good, change: Partial<CheckoutForm> = {}) {
  const order = await checkedOut(checkoutForm(actor, mug, change), card)
  expect(await acceptCard({ id: order.orderId })).toBe('placed')
  return order
}

/** Orders that nobody could be told of at the checkout that they come too late. */
async function orderedAtOnce(times: number, change: Partial<CheckoutForm> = {}): Promise<void> {
  const orders = await Promise.all(Array.from({ length: times }, () => checkedOut(checkoutForm(actor, mug, change))))
  await Promise.all(orders.map(({ orderId }) => acceptCard({ id: orderId })))
}

const outputs = async () => (await runsOf('process-order')).map(({ output }) => output)

describe('an order', () => {
  it('is reserved, paid, confirmed by a letter, and remembered a day later', async () => {
    const { orderId } = await ordered()
    await settle()
    const order = await orderWhole(orderId)
    expect(order).toMatchObject({
      status: 'confirmed',
      payments: [{ status: 'succeeded', intentAttempt: 1, amountMinor: 1_250, currency: 'USD' }],
      movements: [{ kind: 'reserved' }, { kind: 'sold' }],
    })
    expect(await outputs()).toEqual([{ success: true, paymentId: order.payments[0]?.id }])
    expect(await stockOf()).toEqual([9, 0])
    expect(keys()).toEqual([`order/${orderId}/confirmation`])
    await settle('23h')
    expect(keys()).toHaveLength(1)
    await settle('2h')
    expect(keys().sort()).toEqual([`order/${orderId}/confirmation`, `order/${orderId}/reminder`])
    await truth()
  })

  it('is charged once, though its event comes again, and says so', async () => {
    const { orderId } = await ordered()
    await settle()
    await product.engine().send({ name: 'order/placed', data: { orderId, total: 1_250 } })
    await settle()
    const paymentId = (await orderWhole(orderId)).payments[0]?.id
    expect(await outputs()).toEqual([
      { success: true, paymentId },
      { alreadyProcessed: true, paymentId },
    ])
    await truth()
  })

  it.each([CARDS.declinedLater, CARDS.noFundsLater, CARDS.authenticatesAlways])(
    'whose card is declined gives its stock back, and its customer is told why: %s',
    async (card) => {
      const { orderId } = await ordered(card)
      await settle()
      expect(await orderWhole(orderId)).toMatchObject({
        status: 'declined',
        payments: [{ status: 'declined', declineCode: expect.stringMatching(/./) }],
        movements: [{ kind: 'reserved' }, { kind: 'released' }],
      })
      expect(await outputs()).toEqual([{ success: false, reason: 'declined' }])
      expect(await stockOf()).toEqual([10, 0])
      expect((await payments.payments())[0]?.payment_intent.status).toBe('canceled')
      await truth()
    },
  )

  it('is confirmed with a card whose bank has asked while it was saved', async () => {
    const { orderId } = await ordered(CARDS.authenticatesOnce)
    await settle()
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    await truth()
  })

  it('that comes too late for the last piece ends so, with nothing charged', async () => {
    await orderedAtOnce(2, { items: [{ productId: mug, quantity: 6 }] })
    await settle()
    const orders = await db().order.findMany({ orderBy: { status: 'asc' } })
    expect(orders.map(({ status }) => status)).toEqual(['confirmed', 'outOfStock'])
    expect(await payments.payments()).toHaveLength(1)
    expect(await stockOf()).toEqual([4, 0])
    await truth()
  })

  it('without a card in half an hour expires by itself', async () => {
    const placed = await placeOrder(checkoutForm(actor, mug))
    await settle('29m')
    const status = async () => placed.ok && (await orderWhole(placed.orderId)).status
    expect(await status()).toBe('awaitingCard')
    await settle('5m')
    expect(await status()).toBe('expired')
    expect(keys()).toEqual([])
  })
})

describe('an order that is cancelled', () => {
  it('before its run begins is never charged', async () => {
    const { orderId, publicId } = await ordered()
    expect(await cancelOrderByLink(publicId)).toEqual({ ok: true, status: 'cancelling' })
    await settle()
    expect(await orderWhole(orderId)).toMatchObject({ status: 'cancelled', payments: [], movements: [] })
    expect(await payments.payments()).toEqual([])
    expect(await cancelOrderByLink(publicId)).toEqual({ ok: true, status: 'cancelled' })
    await truth()
  })

  it('between its stock and its charge is not charged', async () => {
    const { orderId } = await ordered()
    await reserveInventory(orderId)
    await cancelOrder(actor, orderId)
    expect(await processPayment(orderId)).toEqual({ ok: false, why: 'cancelled' })
    await settle()
    expect(await stockOf()).toEqual([10, 0])
    expect(await payments.payments()).toEqual([])
    await truth()
  })

  it.each(['payment_intents.create', 'payment_intents.retrieve', 'payment_intents.confirm'])(
    'while the provider is slow with %s keeps no money',
    async (on) => {
      await payments.fault({ kind: 'slow', on, delayMs: 600 })
      const { orderId } = await ordered()
      await reserveInventory(orderId)
      const paying = processPayment(orderId).catch((error: unknown) => error)
      const kept = on === 'payment_intents.create' ? {} : { providerIntentId: { not: null } }
      await expect.poll(() => db().payment.count({ where: { orderId, ...kept } }), { interval: 20 }).toBe(1)
      await cancelOrder(actor, orderId)
      await settle()
      await paying
      await settle('3h')
      expect((await orderWhole(orderId)).status).toBe('cancelled')
      expect(await stockOf()).toEqual([10, 0])
      await truth()
    },
  )

  it('after the charge is refunded, and its pieces come back', async () => {
    const { orderId } = await ordered()
    await settle()
    expect(await cancelOrder(actor, orderId)).toEqual({ ok: true, status: 'cancelling' })
    expect(await cancelOrder(actor, orderId)).toEqual({ ok: true, status: 'cancelling' })
    await settle()
    expect(await orderWhole(orderId)).toMatchObject({
      status: 'cancelled',
      payments: [{ status: 'succeeded' }],
      refunds: [{ status: 'succeeded', amountMinor: 1_250, providerRefundId: expect.stringMatching(/^re_/) }],
      movements: [{ kind: 'reserved' }, { kind: 'sold' }, { kind: 'returned' }],
    })
    expect(await stockOf()).toEqual([10, 0])
    await settle('30h')
    expect(keys().filter((key) => key.endsWith('/reminder'))).toEqual([])
    await truth()
  })

  it('is not cancelled, or refunded, by the owner of another shop', async () => {
    const { orderId } = await ordered()
    await settle()
    const other = await openShop()
    expect(await cancelOrder(other, orderId)).toEqual({ ok: false, message: 'There is no such order.' })
    expect(await refundOrder(other, orderId)).toEqual({ ok: false, message: 'There is no such order.' })
    expect((await orderWhole(orderId)).status).toBe('confirmed')
  })

  it('can’t be refunded, and one that is refunded can’t be cancelled', async () => {
    const { orderId } = await ordered()
    expect(await refundOrder(actor, orderId)).toMatchObject({ ok: false })
    await settle()
    expect(await refundOrder(actor, orderId)).toEqual({ ok: true })
    expect(await refundOrder(actor, orderId)).toEqual({ ok: true })
    await settle()
    expect(await cancelOrder(actor, orderId)).toMatchObject({ ok: false })
    expect((await orderWhole(orderId)).status).toBe('refunded')
    expect((await payments.payments())[0]?.refunds).toHaveLength(1)
    await truth()
  })
})

describe('an order whose run ends early', () => {
  it('because an operator cancels it is settled', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.create', times: 3 })
    const { orderId } = await ordered()
    await settle()
    const [run] = await runsOf('process-order')
    expect(await stockOf()).toEqual([10, 1])
    expect(await cancelRun(await operator(), run?.id ?? '')).toEqual({ ok: true })
    await settle()
    expect((await orderWhole(orderId)).status).toBe('cancelled')
    expect(await stockOf()).toEqual([10, 0])
    await truth()
  })

  it('because the provider is away for good is settled once it is back', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.create', times: 15 })
    const { orderId } = await ordered()
    await settle('12h')
    expect((await deadLetters()).map(({ functionId }) => functionId)).toEqual(['process-order'])
    expect(await orderWhole(orderId)).toMatchObject({ status: 'failed', payments: [{ status: 'closed' }] })
    expect(await stockOf()).toEqual([10, 0])
    await truth()
  })

  it('after it was confirmed, since its letter is refused, stays confirmed, and keeps its money', async () => {
    const { orderId } = await ordered(CARDS.good, { email: 'cora@refused.test' })
    await settle('6h')
    expect((await deadLetters()).map(({ functionId }) => functionId)).toEqual(['process-order'])
    expect(await orderWhole(orderId)).toMatchObject({ status: 'confirmed', endingAs: null, refunds: [] })
    expect((await runsOf('settle-order')).map(({ status }) => status)).toEqual(['completed'])
    expect(await stockOf()).toEqual([9, 0])
  })

  it('because it takes longer than a day is settled', async () => {
    // A provider that says "come back later" for ever never uses up an attempt's wait of our own.
    await payments.fault({ kind: 'rate-limit', on: 'payment_intents.create', times: 12, retryAfterSeconds: 10_000 })
    const { orderId } = await ordered()
    await settle('30h')
    expect((await runsOf('process-order')).map(({ status }) => status)).toEqual(['cancelled'])
    expect((await orderWhole(orderId)).status).toBe('cancelled')
    await truth()
  })
})

describe('a provider', () => {
  it.each([
    { kind: 'server-error', on: 'payment_intents.create' },
    { kind: 'server-error', on: 'payment_intents.create', afterWork: true },
    { kind: 'server-error', on: 'payment_intents.confirm' },
    { kind: 'server-error', on: 'payment_intents.confirm', afterWork: true },
    { kind: 'server-error', on: 'payment_intents.retrieve' },
    { kind: 'lose-answer', on: 'payment_intents.create', times: 2 },
    { kind: 'lose-answer', on: 'payment_intents.confirm', times: 2 },
    { kind: 'rate-limit', on: 'payment_intents.create', retryAfterSeconds: 30 },
    { kind: 'rate-limit', on: 'payment_intents.confirm', retryAfterSeconds: 30 },
  ])('that does %j charges once, and the order is confirmed', async (fault) => {
    expect((await payments.fault(fault)).status).toBe(200)
    const { orderId } = await ordered()
    await settle('1h')
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    expect(await deadLetters()).toEqual([])
    await truth()
  })

  it('that loses the answer of a decline is not asked a second time', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.confirm', afterWork: true })
    const { orderId } = await ordered(CARDS.declinedLater)
    await settle('1h')
    expect((await orderWhole(orderId)).status).toBe('declined')
    expect((await payments.payments())[0]?.charges).toHaveLength(1)
    await truth()
  })

  it.each(['payment_intents.cancel', 'refunds.create', 'refunds.list'])(
    'that fails at %s is asked until the order is settled, once',
    async (on) => {
      const { orderId } = await ordered(on === 'payment_intents.cancel' ? CARDS.declinedLater : CARDS.good)
      await payments.fault({ kind: 'server-error', on, times: 2, afterWork: true })
      await settle('10m')
      await cancelOrder(actor, orderId)
      await settle('1h')
      expect((await orderWhole(orderId)).endedAt).not.toBeNull()
      expect((await payments.payments())[0]?.refunds.length).toBe(on.startsWith('refunds') ? 1 : 0)
      await truth()
    },
  )

  it('that is away for an hour costs no dead letter', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.create', times: 11 })
    const { orderId } = await ordered()
    await settle('3h')
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    expect(await deadLetters()).toEqual([])
    await truth()
  })
})

describe('a crowd', () => {
  it('of 40 orders for the last 10 pieces gets ten, and nobody pays for nothing', async () => {
    await orderedAtOnce(40)
    await settle('10m')
    const statuses = await db().order.groupBy({ by: ['status'], _count: true })
    expect(new Map(statuses.map(({ status, _count }) => [status, _count]))).toEqual(
      new Map([
        ['confirmed', 10],
        ['outOfStock', 30],
      ]),
    )
    expect(await stockOf()).toEqual([0, 0])
    expect(await payments.payments()).toHaveLength(10)
    await truth()
  }, 60_000)
})
