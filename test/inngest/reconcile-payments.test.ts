import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { chargeUnheard } from '../support/charges'
import { expectTruth, orderWhole, placedOrder, withPayments } from '../support/orders'
import { ownPayments } from '../support/payments'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: ['reconcile-payments'] })
const payments = ownPayments()
withPayments(product, payments)
const { settle, settleToAfterTheHour, runsOf, letters: deadLetters } = workOf(product)

let actor: Actor
let mug: string
/** How often it has run before the test. */
let runsBefore: number

beforeEach(async () => {
  // What is younger than ten minutes may be under way, and the provider's clock does not move with ours.
  payments.move(-20 * 60_000)
  await settleToAfterTheHour()
  runsBefore = (await runsOf('reconcile-payments')).length
  actor = await openShop()
  mug = await addProduct(actor, { price: '1', onHand: 20 })
})

const placed = async () => {
  const id = await placedOrder(actor, [{ productId: mug, quantity: 1 }])
  await db().order.update({ where: { id }, data: { totalMinor: 100 } })
  return id
}
const keys = () =>
  product
    .mail()
    .letters()
    .map(({ key }) => key ?? '')
const outputs = async () => (await runsOf('reconcile-payments')).slice(runsBefore).map(({ output }) => output)

describe('the payments’ reconciliation', () => {
  it('brings charges that nobody has heard of to the truth, within the hour', async () => {
    const [wanted, ended] = [await placed(), await placed()]
    for (const orderId of [wanted, ended]) await chargeUnheard(payments.stripe(), orderId)
    await db().order.update({ where: { id: ended }, data: { endingAs: 'failed' } })
    await settle('1h')
    expect(await outputs()).toEqual([{ compared: true, intents: 2, settled: 2, shown: 0, gone: 0 }])
    expect(await orderWhole(wanted)).toMatchObject({ status: 'confirmed', movements: [{}, { kind: 'sold' }] })
    expect(await orderWhole(ended)).toMatchObject({ status: 'failed', refunds: [{ status: 'succeeded' }] })
    await expectTruth(actor, payments, keys())
    await settle('1h')
    expect((await outputs())[1]).toMatchObject({ settled: 0, shown: 0 })
    const slots = await db().scheduleSlot.count({ where: { scheduleId: 'reconcile-payments', status: 'done' } })
    expect(slots - runsBefore).toBe(2)
    expect(await deadLetters()).toEqual([])
  })

  it('leaves an hour out in which the provider is away, and makes no dead letter of it', async () => {
    const orderId = await placed()
    await chargeUnheard(payments.stripe(), orderId)
    await payments.fault({ kind: 'server-error', on: 'payment_intents.list', times: 100 })
    await settle('1h')
    expect(await outputs()).toEqual([{ compared: false, reason: 'the payment provider is away' }])
    await payments.fault({ kind: 'none' })
    await settle('1h')
    expect((await orderWhole(orderId)).status).toBe('confirmed')
    expect(await deadLetters()).toEqual([])
  })
})
