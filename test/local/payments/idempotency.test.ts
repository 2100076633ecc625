import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { KEY_LIFE_MS } from '@/local/payments/store'
import { CARDS, errorOf, ownPayments, savedCard } from '../../support/payments'

const sandbox = ownPayments()
const { StripeIdempotencyError, StripeCardError, StripeAPIError } = Stripe.errors

const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }
const key = { idempotencyKey: 'order/1/intent/1' }
const count = async () => (await sandbox.payments()).length

describe('an idempotency key', () => {
  it('makes one payment, however often it is used, and in whatever order the parameters come', async () => {
    const stripe = sandbox.stripe()
    const first = await stripe.paymentIntents.create({ ...order, metadata: { a: '1', b: '2' } }, key)
    const second = await stripe.paymentIntents.create({ metadata: { b: '2', a: '1' }, ...order }, key)
    expect(second.id).toBe(first.id)
    expect(second.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
    })
    expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId)
    expect(await count()).toBe(1)
  })

  it('is refused with another body, and at another door', async () => {
    const stripe = sandbox.stripe()
    const { id } = await stripe.paymentIntents.create(order, key)
    for (const refused of [
      stripe.paymentIntents.create({ ...order, amount: 2_000 }, key),
      stripe.paymentIntents.cancel(id, {}, key),
    ]) {
      const error = await errorOf(refused)
      expect(error).toBeInstanceOf(StripeIdempotencyError)
      expect(error).toMatchObject({ statusCode: 400, rawType: 'idempotency_error' })
    }
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method')
  })

  it('keeps answering a refusal', async () => {
    const stripe = sandbox.stripe()
    const { customer, method } = await savedCard(stripe)
    const { id } = await stripe.paymentIntents.create({ ...order, customer })
    await sandbox.fault({ kind: 'decline' })
    const confirm = () => stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true }, key)
    const refusals = [await errorOf(confirm()), await errorOf(confirm())]
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(StripeCardError)
    expect(refusals[1]?.charge).toBe(refusals[0]?.charge)
    expect((await stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true })).status).toBe(
      'succeeded',
    )
  })

  it('keeps answering a failure of Stripe, and that something can’t be done', async () => {
    const stripe = sandbox.stripe()
    await sandbox.fault({ kind: 'server-error' })
    const create = () => stripe.paymentIntents.create(order, key)
    const failures = [await errorOf(create()), await errorOf(create())]
    for (const failure of failures) expect(failure).toBeInstanceOf(StripeAPIError)
    for (const failure of failures) expect(failure.statusCode).toBe(500)
    expect(await count()).toBe(0)

    const { id } = await stripe.paymentIntents.create(order)
    const confirm = () => stripe.paymentIntents.confirm(id, {}, { idempotencyKey: 'confirm' })
    await errorOf(confirm())
    const again = await errorOf(confirm())
    expect(again.code).toBe('payment_intent_unexpected_state')
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' })
  })

  it('keeps nothing of what was not begun: a wrong parameter, or too many requests', async () => {
    const stripe = sandbox.stripe()
    await errorOf(stripe.paymentIntents.create({ ...order, amount: 'x' as never }, key))
    await sandbox.fault({ kind: 'rate-limit' })
    await errorOf(stripe.paymentIntents.create(order, key))
    expect((await stripe.paymentIntents.create(order, key)).amount).toBe(1_999)
  })

  it('is refused while its first request is under way', async () => {
    const create = () => sandbox.stripe().paymentIntents.create(order, key)
    await sandbox.fault({ kind: 'slow', delayMs: 600_000 })
    const slow = errorOf(create())
    expect((await errorOf(create())).raw).toMatchObject({
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      statusCode: 409,
    })
    await sandbox.restart()
    await slow
    await create()
    expect(await count()).toBe(1)
  })

  it('is forgotten after 24 hours, and then makes another payment', async () => {
    const stripe = sandbox.stripe()
    await stripe.paymentIntents.create(order, key)
    sandbox.move(KEY_LIFE_MS - 1_000)
    await stripe.paymentIntents.create(order, key)
    expect(await count()).toBe(1)
    sandbox.move(2_000)
    await stripe.paymentIntents.create({ ...order, amount: 500 }, key)
    expect(await count()).toBe(2)
  })

  it('is too long beyond 255 characters', async () => {
    const long = { idempotencyKey: 'x'.repeat(256) }
    expect((await errorOf(sandbox.stripe().paymentIntents.create(order, long))).statusCode).toBe(400)
  })

  it('is brought by the SDK itself: a try of its own after a lost connection charges nobody twice', async () => {
    const stripe = sandbox.stripe()
    const { customer, method } = await savedCard(stripe, CARDS.good)
    const { id } = await stripe.paymentIntents.create({ ...order, customer })
    await sandbox.fault({ kind: 'lose-answer', on: 'payment_intents.confirm' })
    const confirmed = await stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true })
    expect(confirmed.status).toBe('succeeded')
    expect((await sandbox.payments())[0]?.charges).toHaveLength(1)
  })
})
