import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { cancelOrder, cancelOrderByLink } from '@/lib/orders/cancel-order'
import { placeOrder } from '@/lib/orders/place-order'
import { processPayment } from '@/lib/orders/process-payment'
import { refundOrder } from '@/lib/orders/refund-order'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { ownOrderWork } from '../support/order-work'
import { orderWhole } from '../support/orders'
import { CARDS } from '../support/payments'
import { openShop } from '../support/shop'

const { product, payments, settle, runsOf, keys, form, actor, mug, truth, stock, ordered, orderedAtOnce } =
  ownOrderWork()

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
    expect(await stock()).toEqual([9, 0])
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
      expect(await stock()).toEqual([10, 0])
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
    await orderedAtOnce(2, { items: [{ productId: mug(), quantity: 6 }] })
    await settle()
    const orders = await db().order.findMany({ orderBy: { status: 'asc' } })
    expect(orders.map(({ status }) => status)).toEqual(['confirmed', 'outOfStock'])
    expect(await payments.payments()).toHaveLength(1)
    expect(await stock()).toEqual([4, 0])
    await truth()
  })

  it('without a card in half an hour expires by itself', async () => {
    const placed = await placeOrder(form())
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
    await cancelOrder(actor(), orderId)
    expect(await processPayment(orderId)).toEqual({ ok: false, why: 'cancelled' })
    await settle()
    expect(await stock()).toEqual([10, 0])
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
      await cancelOrder(actor(), orderId)
      await settle()
      await paying
      await settle('3h')
      expect((await orderWhole(orderId)).status).toBe('cancelled')
      expect(await stock()).toEqual([10, 0])
      await truth()
    },
  )

  it('after the charge is refunded, and its pieces come back', async () => {
    const { orderId } = await ordered()
    await settle()
    expect(await cancelOrder(actor(), orderId)).toEqual({ ok: true, status: 'cancelling' })
    expect(await cancelOrder(actor(), orderId)).toEqual({ ok: true, status: 'cancelling' })
    await settle()
    expect(await orderWhole(orderId)).toMatchObject({
      status: 'cancelled',
      payments: [{ status: 'succeeded' }],
      refunds: [{ status: 'succeeded', amountMinor: 1_250, providerRefundId: expect.stringMatching(/^re_/) }],
      movements: [{ kind: 'reserved' }, { kind: 'sold' }, { kind: 'returned' }],
    })
    expect(await stock()).toEqual([10, 0])
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
    expect(await refundOrder(actor(), orderId)).toMatchObject({ ok: false })
    await settle()
    expect(await refundOrder(actor(), orderId)).toEqual({ ok: true })
    expect(await refundOrder(actor(), orderId)).toEqual({ ok: true })
    await settle()
    expect(await cancelOrder(actor(), orderId)).toMatchObject({ ok: false })
    expect((await orderWhole(orderId)).status).toBe('refunded')
    expect((await payments.payments())[0]?.refunds).toHaveLength(1)
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
    expect(await stock()).toEqual([0, 0])
    expect(await payments.payments()).toHaveLength(10)
    await truth()
  }, 60_000)
})
