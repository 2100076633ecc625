import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { acceptCard } from '@/lib/orders/accept-card'
import { processPayment } from '@/lib/orders/process-payment'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { closePayments, endOrder, settlePayment } from '@/lib/orders/settle-order'
import { closeDiscrepancy, listDiscrepancies } from '@/lib/reconciliation/discrepancies'
import { compareIntents, compareRefunds, compareUnseen, lookAgain } from '@/lib/reconciliation/reconcile'
import { ownApp } from '../../support/app'
import { chargeUnheard } from '../../support/charges'
import { operator } from '../../support/factories'
import { checkedOut, checkoutForm, orderWhole, placedOrder, withPayments } from '../../support/orders'
import { ownPayments, savedCard } from '../../support/payments'
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

const DAY_MS = 86_400_000
const window = () => ({ from: new Date(Date.now() - 3 * DAY_MS), to: new Date(Date.now() + 60_000) })

/** All that a run does, at once. */
async function reconcile() {
  const parts = [compareIntents, compareRefunds, compareUnseen]
  const done = { compared: 0, settled: 0, shown: 0, gone: 0 }
  for (const part of parts) {
    const { compared, settled, shown } = await part(window(), null)
    done.compared += compared
    done.settled += settled
    done.shown += shown
  }
  return { ...done, gone: await lookAgain() }
}
const open = async () => (await listDiscrepancies({ isOperator: true })).discrepancies
const events = async () =>
  (await db().outboxEvent.findMany({ where: { name: { not: 'order/checkout-lapsed' } }, orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  )

/** Twice, since the SDK asks once more by itself after a connection that was closed. */
const loseAnswer = (on: string) => payments.fault({ kind: 'lose-answer', on, times: 2 })

/** An order whose card is given, whose stock is reserved, and nothing more. */
async function reserved(): Promise<string> {
  const { orderId } = await checkedOut(checkoutForm(actor, mug))
  await acceptCard({ id: orderId })
  await reserveInventory(orderId)
  await db().outboxEvent.deleteMany()
  return orderId
}
async function confirmed(): Promise<string> {
  const orderId = await reserved()
  expect(await processPayment(orderId)).toMatchObject({ ok: true })
  return orderId
}
const intentOf = async (orderId: string) => (await orderWhole(orderId)).payments[0]?.providerIntentId ?? ''
const placed = () => placedOrder(actor, [{ productId: mug, quantity: 1 }])

/** As the settling function does. */
async function settle(orderId: string): Promise<void> {
  const begun = await closePayments(orderId)
  if (begun.isNeeded) for (const id of begun.paymentIds) await settlePayment(id)
  await endOrder(orderId)
}

describe('what both sides agree on', () => {
  it('is compared and left alone, and asked about once', async () => {
    const orderId = await confirmed()
    expect(await reconcile()).toEqual({ compared: 1, settled: 0, shown: 0, gone: 0 })
    expect((await orderWhole(orderId)).payments[0]?.reconciledAt).not.toBeNull()
    expect(await events()).toEqual([])
  })

  it('includes an intent that was never charged, and a refund that we made', async () => {
    const { customer, method } = await savedCard(payments.stripe())
    const card = { customer, payment_method: method, payment_method_types: ['card'] }
    await payments.stripe().paymentIntents.create({ amount: 100, currency: 'usd', ...card })
    const orderId = await confirmed()
    await db().order.update({ where: { id: orderId }, data: { endingAs: 'refunded' } })
    await settle(orderId)
    expect(await reconcile()).toEqual({ compared: 2, settled: 0, shown: 0, gone: 0 })
  })

  it('is found page by page', async () => {
    const { customer, method } = await savedCard(payments.stripe())
    const card = { customer, payment_method: method, payment_method_types: ['card'] }
    for (let n = 0; n < 105; n++)
      await payments.stripe().paymentIntents.create({ amount: 100, currency: 'usd', ...card })
    expect(await compareIntents(window(), null)).toEqual({ compared: 105, settled: 0, shown: 0, next: null })
  })
})

describe('a charge whose answer was lost', () => {
  it('for an order that is wanted lets its work go on', async () => {
    const orderId = await reserved()
    await loseAnswer('payment_intents.confirm')
    await expect(processPayment(orderId)).rejects.toThrow('Stripe')
    expect((await orderWhole(orderId)).payments).toMatchObject([{ status: 'open' }])
    expect(await reconcile()).toMatchObject({ settled: 1, shown: 0 })
    expect(await events()).toEqual([`order-placed/${orderId}/${await intentOf(orderId)}`])
    expect(await processPayment(orderId)).toMatchObject({ ok: true })
    expect((await orderWhole(orderId)).status).toBe('confirmed')
  })

  it('for an order that was given up meanwhile is given back', async () => {
    const orderId = await reserved()
    await loseAnswer('payment_intents.confirm')
    await expect(processPayment(orderId)).rejects.toThrow('Stripe')
    await db().order.update({ where: { id: orderId }, data: { endingAs: 'failed' } })
    expect(await reconcile()).toMatchObject({ settled: 1, shown: 0 })
    expect(await events()).toEqual([expect.stringContaining(`order-settlement/${orderId}/reconciled/`)])
    await settle(orderId)
    expect(await orderWhole(orderId)).toMatchObject({ status: 'failed', refunds: [{ status: 'succeeded' }] })
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 0 })
  })

  it('is asked for once, however often it is found', async () => {
    await loseAnswer('payment_intents.confirm')
    const orderId = await reserved()
    await expect(processPayment(orderId)).rejects.toThrow('Stripe')
    await reconcile()
    await reconcile()
    expect(await events()).toHaveLength(1)
  })
})

describe('a charge that no table knows', () => {
  it('of an order that is wanted becomes its payment', async () => {
    const orderId = await placed()
    const intent = await chargeUnheard(payments.stripe(), orderId)
    expect(await reconcile()).toMatchObject({ settled: 1, shown: 0 })
    expect(await orderWhole(orderId)).toMatchObject({
      payments: [{ status: 'open', providerIntentId: intent.id, amountMinor: 1_250, currency: 'USD' }],
    })
    expect(await events()).toEqual([`order-placed/${orderId}/${intent.id}`])
    expect(await processPayment(orderId)).toMatchObject({ ok: true })
    expect((await payments.payments()).flatMap(({ charges }) => charges)).toHaveLength(1)
  })

  it('of an order that has ended is given back', async () => {
    const orderId = await placed()
    await chargeUnheard(payments.stripe(), orderId)
    await db().order.update({ where: { id: orderId }, data: { status: 'cancelled', endedAt: new Date() } })
    expect(await reconcile()).toMatchObject({ settled: 1 })
    await settle(orderId)
    expect((await payments.payments())[0]?.refunds).toHaveLength(1)
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 0 })
  })

  it.each([
    ['is of another sum', { amount: 1_300 }],
    ['is in another currency', { currency: 'eur' }],
  ])('is shown to an operator where it %s', async (_, change) => {
    const orderId = await placed()
    const intent = await chargeUnheard(payments.stripe(), orderId, change)
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 1 })
    expect(await open()).toMatchObject([{ kind: 'unknownCharge', orderId, providerIntentId: intent.id, oursMinor: 0 }])
  })

  it('is shown where its order was paid before, and where there is no such order; each once', async () => {
    const orderId = await confirmed()
    await chargeUnheard(payments.stripe(), orderId)
    const { id, customer, payment_method } = await chargeUnheard(payments.stripe(), await placed())
    const elsewhere = {
      amount: 700,
      currency: 'usd',
      customer: String(customer),
      payment_method: String(payment_method),
      payment_method_types: ['card'],
    }
    await payments.stripe().paymentIntents.create({ ...elsewhere, confirm: true, off_session: true })
    expect(await reconcile()).toMatchObject({ shown: 2, settled: 1 })
    expect(await reconcile()).toMatchObject({ shown: 0 })
    const found = await open()
    expect(found.map((each) => [each.theirsMinor, each.orderId]).sort()).toEqual([
      [1_250, orderId],
      [700, null],
    ])
    expect(found.map(({ providerIntentId }) => providerIntentId)).not.toContain(id)
  })
})

describe('a charge that only we know', () => {
  it('is shown, be the intent unknown there or not charged', async () => {
    const [unknown, uncharged] = [await placed(), await placed()]
    const { customer, method } = await savedCard(payments.stripe())
    const card = { customer, payment_method: method, payment_method_types: ['card'] }
    const { id } = await payments.stripe().paymentIntents.create({ amount: 1_250, currency: 'usd', ...card })
    for (const [orderId, providerIntentId] of Object.entries({ [unknown]: 'pi_gone', [uncharged]: id })) {
      const row = { amountMinor: 1_250, currency: 'USD', createdAt: new Date(), endedAt: new Date() }
      await db().payment.create({ data: { ...row, id: orderId, orderId, providerIntentId, status: 'succeeded' } })
    }
    expect(await reconcile()).toMatchObject({ shown: 2, settled: 0 })
    expect((await open()).map(({ kind, theirsMinor, oursMinor }) => [kind, theirsMinor, oursMinor])).toEqual([
      ['notCharged', 0, 1_250],
      ['notCharged', 0, 1_250],
    ])
  })

  it('of another amount than there is shown', async () => {
    const orderId = await confirmed()
    await db().payment.updateMany({ where: { orderId }, data: { amountMinor: 1_000 } })
    expect(await reconcile()).toMatchObject({ shown: 1 })
    expect(await open()).toMatchObject([{ kind: 'amountDiffers', theirsMinor: 1_250, oursMinor: 1_000 }])
  })
})

describe('what was given back at the provider by hand', () => {
  it('in full refunds the order, however old the charge', async () => {
    const orderId = await confirmed()
    payments.move(9 * DAY_MS)
    await payments.stripe().refunds.create({ payment_intent: await intentOf(orderId) })
    const late = { from: new Date(Date.now() + 8 * DAY_MS), to: new Date(Date.now() + 10 * DAY_MS) }
    expect(await compareIntents(late, null)).toMatchObject({ compared: 0 })
    expect(await compareRefunds(late, null)).toMatchObject({ compared: 1, settled: 1 })
    expect(await events()).toEqual([`order-settlement/${orderId}/refunded`])
    await settle(orderId)
    expect(await orderWhole(orderId)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
    expect((await payments.payments())[0]?.refunds).toHaveLength(1)
  })

  it('in part is noted, and changes nothing else', async () => {
    const orderId = await confirmed()
    await payments.stripe().refunds.create({ payment_intent: await intentOf(orderId), amount: 250 })
    expect(await reconcile()).toMatchObject({ settled: 1, shown: 0 })
    expect(await orderWhole(orderId)).toMatchObject({ status: 'confirmed', payments: [{ refundedMinor: 250 }] })
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 0 })
    await payments.stripe().refunds.create({ payment_intent: await intentOf(orderId) })
    expect(await reconcile()).toMatchObject({ shown: 0 })
    expect(await orderWhole(orderId)).toMatchObject({ endingAs: 'refunded', payments: [{ refundedMinor: 1_250 }] })
  })

  it('and what we have noted as given back and was not, is shown; once it is given back, that is over', async () => {
    const orderId = await confirmed()
    await db().payment.updateMany({ where: { orderId }, data: { refundedMinor: 300 } })
    expect(await reconcile()).toMatchObject({ shown: 1 })
    expect(await open()).toMatchObject([{ kind: 'refundMissing', theirsMinor: 0, oursMinor: 300, orderId }])
    expect(await reconcile()).toMatchObject({ shown: 0, gone: 0 })
    await payments.stripe().refunds.create({ payment_intent: await intentOf(orderId), amount: 300 })
    expect(await reconcile()).toMatchObject({ shown: 0, gone: 1 })
    expect(await open()).toEqual([])
  })
})

describe('a refund whose answer was lost', () => {
  it('is settled once it is an hour old, and made once', async () => {
    const orderId = await confirmed()
    await db().order.update({ where: { id: orderId }, data: { endingAs: 'refunded' } })
    await loseAnswer('refunds.create')
    await expect(settle(orderId)).rejects.toThrow('Stripe')
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 0 })
    await db().refund.updateMany({ data: { requestedAt: new Date(Date.now() - 2 * 3_600_000) } })
    expect(await reconcile()).toMatchObject({ shown: 0 })
    expect(await events()).toEqual([expect.stringContaining(`order-settlement/${orderId}/reconciled/`)])
    await settle(orderId)
    expect((await payments.payments())[0]?.refunds).toHaveLength(1)
    expect(await reconcile()).toMatchObject({ settled: 0, shown: 0 })
  })
})

describe('a difference', () => {
  it('is closed by an operator with words, which the audit list keeps; and does not come again', async () => {
    await chargeUnheard(payments.stripe(), await placed(), { amount: 1_300 })
    await reconcile()
    const [found] = await open()
    const olga = await operator()
    const id = found?.id ?? ''
    expect(await closeDiscrepancy(olga, id, ' ')).toMatchObject({ ok: false, fields: { note: expect.any(String) } })
    expect(await closeDiscrepancy(olga, id, 'x'.repeat(501))).toMatchObject({ ok: false })
    expect(await closeDiscrepancy(olga, 'no-such', 'Given back')).toMatchObject({ ok: false })
    expect(await closeDiscrepancy(olga, id, 'Given back by hand')).toEqual({ ok: true })
    expect(await closeDiscrepancy(olga, id, 'Again')).toMatchObject({ ok: false })
    expect(await db().auditEntry.findMany()).toMatchObject([
      { act: 'close discrepancy', subject: `discrepancy/${id}`, details: { note: 'Given back by hand' } },
    ])
    expect(await reconcile()).toMatchObject({ shown: 0 })
    expect(await open()).toEqual([])
    expect((await listDiscrepancies(olga, { isOpen: false })).discrepancies).toMatchObject([{ closedBy: olga.email }])
  })
})
