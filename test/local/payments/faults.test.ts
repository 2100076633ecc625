import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { errorOf, ownPayments, savedCard } from '../../support/payments'

const sandbox = ownPayments()
const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors

const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }

async function readyIntent(own = sandbox) {
  const stripe = own.stripe()
  const { customer, method } = await savedCard(stripe)
  const { id } = await stripe.paymentIntents.create({ ...order, customer })
  const confirm = () => stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true })
  const status = async () => (await stripe.paymentIntents.retrieve(id)).status
  return { stripe, id, confirm, status }
}

describe('a fault on demand', () => {
  it('declines the next charges, and no other', async () => {
    const { confirm, stripe, id } = await readyIntent()
    await sandbox.fault({ kind: 'decline', times: 2, declineCode: 'do_not_honor' })
    for (const _ of [1, 2]) expect(await errorOf(confirm())).toMatchObject({ decline_code: 'do_not_honor' })
    expect((await confirm()).status).toBe('succeeded')
    expect((await stripe.paymentIntents.retrieve(id)).amount_received).toBe(1_999)
  })

  it('fails before the work, or after it', async () => {
    const { confirm, status } = await readyIntent()
    await sandbox.fault({ kind: 'server-error', on: 'payment_intents.confirm', status: 503 })
    expect(await errorOf(confirm())).toMatchObject({ statusCode: 503, rawType: 'api_error' })
    expect(await status()).toBe('requires_payment_method')
    await sandbox.fault({ kind: 'server-error', on: 'payment_intents.confirm', afterWork: true })
    expect(await errorOf(confirm())).toBeInstanceOf(StripeAPIError)
    expect(await status()).toBe('succeeded')
  })

  it('loses the answer after the charge was made', async () => {
    const { confirm, status } = await readyIntent()
    // The SDK tries once more by itself after a connection that was closed.
    await sandbox.fault({ kind: 'lose-answer', on: 'payment_intents.confirm', times: 2 })
    expect(await errorOf(confirm())).toBeInstanceOf(StripeConnectionError)
    expect(await status()).toBe('succeeded')
    expect((await sandbox.payments())[0]?.charges).toHaveLength(1)
  })

  it('has too many requests, and says when to come again', async () => {
    const { confirm, status } = await readyIntent()
    await sandbox.fault({ kind: 'rate-limit', on: 'payment_intents.confirm', retryAfterSeconds: 7 })
    const error = await errorOf(confirm())
    expect(error).toBeInstanceOf(StripeRateLimitError)
    expect(error).toMatchObject({ statusCode: 429, code: 'rate_limit', headers: { 'retry-after': '7' } })
    expect(await status()).toBe('requires_payment_method')
  })

  it('is slow, and ends', async () => {
    const { confirm } = await readyIntent()
    await sandbox.fault({ kind: 'slow', delayMs: 20 })
    expect((await confirm()).status).toBe('succeeded')
  })

  it('that was asked for is forgotten when that is asked for', async () => {
    const { confirm } = await readyIntent()
    await sandbox.fault({ kind: 'decline', times: 100 })
    await sandbox.fault({ kind: 'none' })
    expect((await confirm()).status).toBe('succeeded')
  })

  it.each([[{ kind: 'explode' }], [{ kind: 'slow', times: 0 }], [{ kind: 'decline', more: 1 }], [[]], ['']])(
    'is refused where it is none: %j',
    async (body) => {
      expect((await sandbox.fault(body as object)).status).toBe(400)
    },
  )
})

describe('what is slow', () => {
  const busy = ownPayments({ lockLimitMs: 10 })

  it('is seen as it was before, whoever would change it meanwhile is sent away, and a kill ends it', async () => {
    const { confirm, status, stripe, id } = await readyIntent(busy)
    await busy.fault({ kind: 'slow', on: 'payment_intents.confirm', delayMs: 600_000 })
    const slow = errorOf(confirm())
    await expect
      .poll(() => errorOf(stripe.refunds.create({ payment_intent: id })), { interval: 10, timeout: 20_000 })
      .toMatchObject({ statusCode: 429, code: 'lock_timeout' })
    expect(await status()).toBe('requires_payment_method')
    await busy.restart()
    expect(await slow).toBeInstanceOf(StripeConnectionError)
    expect((await busy.stripe().paymentIntents.retrieve(id)).status).toBe('requires_payment_method')
  })
})
