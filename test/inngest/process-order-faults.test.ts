import { describe, expect, it } from 'vitest'
import { cancelOrder } from '@/lib/orders/cancel-order'
import { cancelRun } from '@/lib/runs/cancel-run'
import { operator } from '../support/factories'
import { ownOrderWork } from '../support/order-work'
import { orderWhole } from '../support/orders'
import { CARDS } from '../support/payments'

const { payments, settle, runsOf, deadLetters, actor, truth, stock, ordered } = ownOrderWork()

describe('an order whose run ends early', () => {
  it('because an operator cancels it is settled', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.create', times: 3 })
    const { orderId } = await ordered()
    await settle()
    const [run] = await runsOf('process-order')
    expect(await stock()).toEqual([10, 1])
    expect(await cancelRun(await operator(), run?.id ?? '')).toEqual({ ok: true })
    await settle()
    expect((await orderWhole(orderId)).status).toBe('cancelled')
    expect(await stock()).toEqual([10, 0])
    await truth()
  })

  it('because the provider is away for good is settled once it is back', async () => {
    await payments.fault({ kind: 'server-error', on: 'payment_intents.create', times: 15 })
    const { orderId } = await ordered()
    await settle('12h')
    expect((await deadLetters()).map(({ functionId }) => functionId)).toEqual(['process-order'])
    expect(await orderWhole(orderId)).toMatchObject({ status: 'failed', payments: [{ status: 'closed' }] })
    expect(await stock()).toEqual([10, 0])
    await truth()
  })

  it('after it was confirmed, since its letter is refused, stays confirmed, and keeps its money', async () => {
    const { orderId } = await ordered(CARDS.good, { email: 'cora@refused.test' })
    await settle('6h')
    expect((await deadLetters()).map(({ functionId }) => functionId)).toEqual(['process-order'])
    expect(await orderWhole(orderId)).toMatchObject({ status: 'confirmed', endingAs: null, refunds: [] })
    expect((await runsOf('settle-order')).map(({ status }) => status)).toEqual(['completed'])
    expect(await stock()).toEqual([9, 0])
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
      await cancelOrder(actor(), orderId)
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
