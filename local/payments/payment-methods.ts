import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import { z } from 'zod'
import { invalidRequest, noSuch } from './api-error'
import { findCard, findCardByAlias, type TestCard } from './cards'
import { getCustomer } from './customers'
import { pageOf } from './list'
import { operation } from './operation'
import { expand, page, text } from './params'
import { cardError } from './refusals'
import type { Card } from './store'
import { idOf, type World } from './world'

type PaymentMethod = Stripe.PaymentMethod

export const paymentMethods = [
  operation({
    name: 'payment_methods.retrieve',
    door: 'GET /v1/payment_methods/:id',
    params: z.strictObject({ expand }),
    run: (world, _, id) => ({ body: getPaymentMethod(world, id, 404) }),
  }),
  operation({
    name: 'payment_methods.list',
    door: 'GET /v1/payment_methods',
    params: z.strictObject({ ...page, customer: text.optional(), type: z.literal('card').optional() }),
    run: (world, params) => {
      const { customer } = params
      if (customer) getCustomer(world, customer, 'customer')
      const all = world.list('payment_method').filter((method) => method.customer !== null)
      const own = customer ? all.filter((method) => method.customer === customer) : all
      return pageOf(own, '/v1/payment_methods', params)
    },
  }),
  operation({
    name: 'payment_methods.attach',
    door: 'POST /v1/payment_methods/:id/attach',
    params: z.strictObject({ customer: text, expand }),
    run: (world, { customer }, id) => {
      const method = takePaymentMethod(world, id)
      getCustomer(world, customer, 'customer')
      if (method.customer === customer) return { body: method }
      if (method.customer !== null)
        throw invalidRequest('The payment method you provided has already been attached to a customer.')
      const card = cardOf(world, method)
      if (card.isSpent) throw spent()
      const { refusal } = ruleOf(card)
      if (refusal) throw cardError(refusal, { payment_method: method })
      return { body: world.put({ ...method, customer }) }
    },
  }),
  operation({
    name: 'payment_methods.detach',
    door: 'POST /v1/payment_methods/:id/detach',
    params: z.strictObject({ expand }),
    run: (world, _, id) => {
      const method = getPaymentMethod(world, id, 404)
      if (method.customer === null)
        throw invalidRequest(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
        )
      world.put({ ...cardOf(world, method), isSpent: true })
      return { body: world.put({ ...method, customer: null }) }
    },
  }),
]

/** @throws ApiError where there is none. */
export function getPaymentMethod(world: World, id: string, status: 400 | 404 = 400): PaymentMethod {
  const found = world.find('payment_method', id)
  if (!found) throw noSuch('PaymentMethod', id, 'payment_method', status)
  return found
}

/** The same, where a ready-made one such as `pm_card_visa` may be named too: it makes a new one at each use. */
export function takePaymentMethod(world: World, id: string): PaymentMethod {
  const rule = findCardByAlias(id)
  return rule ? createPaymentMethod(world, rule, {}) : getPaymentMethod(world, id)
}

type Typed = { expMonth?: number; expYear?: number; email?: string | null; name?: string | null }

/** A payment method of a card that was shown; it belongs to no customer yet. */
export function createPaymentMethod(world: World, rule: TestCard, typed: Typed): PaymentMethod {
  const { number, brand } = rule
  const id = world.newId('pm_')
  world.put({ id, object: 'card', number, isSetUp: false, isSpent: false })
  return world.put({
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
      email: typed.email ?? null,
      name: typed.name ?? null,
      phone: null,
      tax_id: null,
    },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: brand,
      exp_month: typed.expMonth ?? 12,
      exp_year: typed.expYear ?? new Date(world.now * 1_000).getUTCFullYear() + 2,
      fingerprint: createHash('sha256').update(number).digest('base64url').slice(0, 16),
      funding: rule.funding ?? 'credit',
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  })
}

export function cardOf(world: World, { id }: PaymentMethod): Card {
  const card = world.find('card', id)
  if (!card) throw noSuch('PaymentMethod', id, 'payment_method')
  return card
}

export function ruleOf({ number, id }: Card): TestCard {
  const rule = findCard(number)
  if (!rule) throw noSuch('PaymentMethod', id, 'payment_method')
  return rule
}

/** @throws ApiError where a payment of this customer, or of none, can't be made by it. */
export function checkUsable(world: World, method: PaymentMethod, customer: string | undefined): void {
  const owner = idOf(method.customer)
  const param = 'payment_method'
  if (owner && !customer) {
    const message = `The provided PaymentMethod cannot be used: ${method.id} belongs to the Customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
    throw invalidRequest(message, { param })
  }
  if (owner && owner !== customer) {
    const message = `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`
    throw invalidRequest(message, { param, code: 'resource_missing' })
  }
  if (!owner && cardOf(world, method).isSpent) throw spent()
}

function spent() {
  return invalidRequest(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
  )
}
