import { beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { refundOrder } from '@/lib/orders/refund-order'
import { CARDS_ALONE } from '@/lib/payments/intents'
import { ask } from '../support/doors'
import { checkedOut, checkoutForm, expectTruth, orderWhole, withPayments } from '../support/orders'
import { ownPayments, savedCard } from '../support/payments'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { event, signed, withWebhooks } from '../support/webhooks'
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

const keys = () =>
  product
    .mail()
    .letters()
    .map(({ key }) => key ?? '')

describe('what is done by hand at the provider', () => {
  /** An order that is paid, and the intent that paid it. */
  async function confirmed() {
    const { orderId } = await checkedOut(checkoutForm(actor, mug, { items: [{ productId: mug, quantity: 2 }] }))
    await heard()
    const order = await orderWhole(orderId)
    expect(order.status).toBe('confirmed')
    return { orderId, intentId: order.payments[0]?.providerIntentId ?? '' }
  }
  const refund = (payment_intent: string, amount?: number) =>
    payments.stripe().refunds.create({ payment_intent, ...(amount ? { amount } : {}) })
  const refundsAtProvider = async () => (await payments.payments())[0]?.refunds.map(({ amount }) => amount)
  const onHand = async () => (await db().product.findUniqueOrThrow({ where: { id: mug } })).onHand

  it('a refund of all ends the order as refunded, and its pieces come back', async () => {
    const { orderId, intentId } = await confirmed()
    expect(await onHand()).toBe(8)
    const { id } = await refund(intentId)
    await heard()
    expect(await orderWhole(orderId)).toMatchObject({
      status: 'refunded',
      payments: [{ status: 'succeeded', amountMinor: 2_500, refundedMinor: 2_500 }],
      refunds: [{ status: 'succeeded', providerRefundId: id }],
    })
    expect([await onHand(), await refundsAtProvider()]).toEqual([10, [2_500]])
    await expectTruth(actor, payments, keys())
  })

  it('a refund of a part is noted, and the rest can still be refunded here', async () => {
    const { orderId, intentId } = await confirmed()
    await refund(intentId, 700)
    await heard()
    expect(await orderWhole(orderId)).toMatchObject({
      ...{ status: 'confirmed', endingAs: null, refunds: [], payments: [{ refundedMinor: 700 }] },
    })
    expect(await onHand()).toBe(8)
    expect(await refundOrder(actor, orderId)).toEqual({ ok: true })
    await heard()
    expect(await orderWhole(orderId)).toMatchObject({ status: 'refunded', payments: [{ refundedMinor: 2_500 }] })
    expect([await onHand(), await refundsAtProvider()]).toEqual([10, [1_800, 700]])
    await expectTruth(actor, payments, keys())
  })

  it('refunds of parts end the order once they are all of it, told in any order', async () => {
    const { orderId, intentId } = await confirmed()
    await payments.fault({ kind: 'webhook-out-of-order', on: 'charge.refunded', times: 2, delayMs: 300 })
    await refund(intentId, 700)
    await refund(intentId, 1_800)
    await heard()
    expect(await orderWhole(orderId)).toMatchObject({ status: 'refunded', payments: [{ refundedMinor: 2_500 }] })
    expect(await refundsAtProvider()).toEqual([1_800, 700])
    await expectTruth(actor, payments, keys())
  })

  it('a refund of an order whose run has not heard of its charge is found all the same', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.confirm', afterWork: true })
    const { orderId } = await checkedOut(checkoutForm(actor, mug))
    await told()
    await settle()
    const [payment] = (await orderWhole(orderId)).payments
    expect(payment?.status).toBe('open')
    await refund(payment?.providerIntentId ?? '')
    await heard('1h')
    expect(await orderWhole(orderId)).toMatchObject({ status: 'refunded', payments: [{ refundedMinor: 1_250 }] })
    expect([await onHand(), await refundsAtProvider()]).toEqual([10, [1_250]])
    await expectTruth(actor, payments, keys())
  })

  it('an intent that is cancelled there ends an order that still waits to be charged', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.confirm', times: 3 })
    const { orderId } = await checkedOut(checkoutForm(actor, mug))
    await told()
    await settle()
    const { payments: rows, status } = await orderWhole(orderId)
    expect([status, rows[0]?.status]).toEqual(['placed', 'open'])
    await payments.stripe().paymentIntents.cancel(rows[0]?.providerIntentId ?? '')
    await heard()
    expect(await orderWhole(orderId)).toMatchObject({ status: 'cancelled', payments: [{ status: 'closed' }] })
    expect(await onHand()).toBe(10)
    await heard('3h')
    await expectTruth(actor, payments, keys())
  })

  it('what is of none of our orders is taken, and changes nothing', async () => {
    const { customer, method } = await savedCard(payments.stripe())
    const { id } = await payments.stripe().paymentIntents.create({
      ...{ amount: 900, currency: 'usd', customer, payment_method: method, confirm: true, off_session: true },
      ...CARDS_ALONE,
    })
    await refund(id)
    for (const type of ['charge.refunded', 'payment_intent.canceled', 'payment_intent.succeeded']) {
      const { body, headers } = signed(event(type, `evt_${type}`, { id: 'no_such' }))
      expect((await ask(POST, 'POST', body, headers)).status).toBe(200)
    }
    await heard()
    expect(await db().webhookEvent.count({ where: { appliedAt: null } })).toBe(0)
    expect(await db().deadLetter.count()).toBe(0)
  })

  /** Until what was told has been applied, and what followed from that was told. */
  async function heard(by: string | number = 0) {
    for (let n = 0; n < 3; n++) {
      await told()
      await settle(n === 0 ? by : 0)
    }
  }
})
