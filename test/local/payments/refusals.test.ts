import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { API_VERSION } from '@/local/payments/world'
import { errorOf, ownPayments } from '../../support/payments'

const sandbox = ownPayments()
const { StripeInvalidRequestError, StripeAuthenticationError } = Stripe.errors

const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }

describe('what is wrong', () => {
  const stripe = () => sandbox.stripe()
  it.each<[string, () => Promise<unknown>, object]>([
    [
      'an amount that is missing',
      () => stripe().paymentIntents.create({ currency: 'eur' } as never),
      { param: 'amount', code: 'parameter_missing' },
    ],
    [
      'an amount that is no number',
      () => stripe().paymentIntents.create({ ...order, amount: '9,99' as never }),
      { param: 'amount', code: 'parameter_invalid_integer' },
    ],
    [
      'an amount that is too small',
      () => stripe().paymentIntents.create({ ...order, amount: 49 }),
      { code: 'amount_too_small', message: 'Amount must be at least 0.50 eur' },
    ],
    [
      'an amount that is too large',
      () => stripe().paymentIntents.create({ ...order, amount: 1e8 }),
      { code: 'amount_too_large' },
    ],
    [
      'a currency that is none',
      () => stripe().paymentIntents.create({ ...order, currency: 'euro' }),
      { param: 'currency' },
    ],
    [
      'a parameter that is not known',
      () => stripe().paymentIntents.create({ ...order, transfer_group: 'x' }),
      { param: 'transfer_group', code: 'parameter_unknown' },
    ],
    [
      'one within another',
      () => stripe().customers.create({ address: { line3: 'x' } as never }),
      { param: 'address[line3]', code: 'parameter_unknown' },
    ],
    [
      'a customer that is not there',
      () => stripe().paymentIntents.create({ ...order, customer: 'cus_none' }),
      { statusCode: 400, code: 'resource_missing', param: 'customer' },
    ],
    [
      'an intent that is not there',
      () => stripe().paymentIntents.retrieve('pi_none'),
      { statusCode: 404, code: 'resource_missing', message: "No such payment_intent: 'pi_none'" },
    ],
    [
      'a field that can’t be shown',
      () => stripe().paymentIntents.create({ ...order, expand: ['nothing'] }),
      { param: 'expand' },
    ],
    [
      'a confirmation’s word without one',
      () => stripe().paymentIntents.create({ ...order, off_session: true }),
      { param: 'off_session' },
    ],
    [
      'a page’s edge that is not there',
      () => stripe().paymentIntents.list({ starting_after: 'pi_none' }),
      { param: 'starting_after' },
    ],
    ['a page of no length', () => stripe().paymentIntents.list({ limit: 0 }), { param: 'limit' }],
    ['a thing that the sandbox lacks', () => stripe().products.list(), { statusCode: 404 }],
  ])('is told by name: %s', async (_, attempt, error) => {
    const found = await errorOf(attempt())
    expect(found).toBeInstanceOf(StripeInvalidRequestError)
    expect(found).toMatchObject({ rawType: 'invalid_request_error', ...error })
  })

  it('leaves nothing behind', async () => {
    await errorOf(stripe().paymentIntents.create({ ...order, expand: ['nothing'] }))
    await errorOf(stripe().paymentIntents.create({ ...order, payment_method: 'pm_none' }))
    expect(await sandbox.payments()).toEqual([])
  })

  it('is a key that is none, or a live one, and another version of the API', async () => {
    const get = (headers: Record<string, string>) => fetch(`${sandbox.url()}/v1/payment_intents`, { headers })
    expect((await get({})).status).toBe(401)
    expect((await get({ authorization: 'Bearer sk_live_x' })).status).toBe(401)
    expect((await get({ authorization: `Basic ${btoa('sk_test_x:')}` })).status).toBe(200)
    expect((await get({ authorization: 'Bearer sk_test_x', 'stripe-version': '2020-08-27' })).status).toBe(400)
    const live = new Stripe('sk_live_x', { protocol: 'http', host: '127.0.0.1', port: new URL(sandbox.url()).port })
    expect(await errorOf(live.customers.create())).toBeInstanceOf(StripeAuthenticationError)
  })

  it('is a request of a web page, or under another name of this machine', async () => {
    const get = (headers: Record<string, string>) => fetch(`${sandbox.url()}/sandbox/payments`, { headers })
    expect((await get({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await get({ origin: sandbox.url() })).status).toBe(403)
    expect((await get({})).status).toBe(200)
  })

  it.each([
    'amount[x]=1&amount=2',
    'amount=2&amount[x]=1',
    '[]=1',
    'a[__proto__][b]=1',
    '%',
    'a[b]c=1',
    'x='.repeat(9_000),
  ])('is never more than a refusal: %s', async (body) => {
    const headers = { authorization: 'Bearer sk_test_x', 'content-type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${sandbox.url()}/v1/payment_intents`, { method: 'POST', headers, body })
    expect(response.status).toBe(400)
    expect((await response.json()).error.type).toBe('invalid_request_error')
  })
})

it('speaks the version of the API that the SDK is made for', () => {
  expect(API_VERSION).toBe(Stripe.API_VERSION)
})
