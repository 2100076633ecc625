import type Stripe from 'stripe'
import { z } from 'zod'
import { inWords } from './amounts'
import { invalidRequest, noSuch } from './api-error'
import { getCharge } from './charges'
import { isWithin, pageOf } from './list'
import { operation } from './operation'
import { created, expand, integer, mergeMetadata, metadata, page, text } from './params'
import { getIntent } from './payment-intents'
import { idOf, type World } from './world'

const creation = z.strictObject({
  amount: integer.optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  metadata,
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  expand,
})
type Creation = z.infer<typeof creation>

export const refunds = [
  operation({
    name: 'refunds.create',
    door: 'POST /v1/refunds',
    params: creation,
    locks: (_, { charge, payment_intent: intent }) => [charge, intent].filter((id) => id !== undefined),
    run: (world, params) => ({ body: createRefund(world, params) }),
  }),
  operation({
    name: 'refunds.retrieve',
    door: 'GET /v1/refunds/:id',
    params: z.strictObject({ expand }),
    run: (world, _, id) => {
      const found = world.find('refund', id)
      if (!found) throw noSuch('refund', id, 'id', 404)
      return { body: found }
    },
  }),
  operation({
    name: 'refunds.list',
    door: 'GET /v1/refunds',
    params: z.strictObject({ ...page, created, charge: text.optional(), payment_intent: text.optional() }),
    run: (world, params) => {
      const { charge, payment_intent: intent } = params
      const all = world
        .list('refund')
        .filter((refund) => (!charge || refund.charge === charge) && (!intent || refund.payment_intent === intent))
        .filter((refund) => isWithin(refund.created, params.created))
      return pageOf(all, '/v1/refunds', params)
    },
  }),
]

export function createRefund(world: World, params: Creation): Stripe.Refund {
  const charge = chargeToRefund(world, params)
  const left = charge.amount - charge.amount_refunded
  const amount = params.amount ?? left
  checkRefund(charge, amount, left)
  const refund = world.put({
    id: world.newId('re_3'),
    object: 'refund',
    amount,
    balance_transaction: world.newId('txn_3'),
    charge: charge.id,
    created: world.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      type: 'card',
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  })
  const refunded = charge.amount_refunded + amount
  const after = world.put({ ...charge, amount_refunded: refunded, refunded: refunded === charge.amount })
  world.emit('charge.refunded', after)
  return refund
}

function chargeToRefund(world: World, { charge, payment_intent: intent }: Creation): Stripe.Charge {
  if (charge) return getCharge(world, charge)
  if (!intent)
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.')
  const { status, latest_charge: latest } = getIntent(world, intent, 'payment_intent')
  const id = idOf(latest)
  if (status !== 'succeeded' || !id) {
    const message = `This PaymentIntent (${intent}) does not have a successful charge to refund.`
    throw invalidRequest(message, { code: 'payment_intent_unexpected_state', param: 'payment_intent' })
  }
  return getCharge(world, id)
}

/** @throws ApiError where there is no such money to give back. */
function checkRefund({ id, status, currency }: Stripe.Charge, amount: number, left: number): void {
  if (status !== 'succeeded')
    throw invalidRequest(`Charge ${id} cannot be refunded because it failed.`, { code: 'charge_not_refundable' })
  if (left === 0) throw invalidRequest(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' })
  if (amount < 1)
    throw invalidRequest('Invalid positive integer', { param: 'amount', code: 'parameter_invalid_integer' })
  if (amount > left) {
    const message = `Refund amount (${inWords(amount, currency)}) is greater than unrefunded amount on charge (${inWords(left, currency)})`
    throw invalidRequest(message, { param: 'amount' })
  }
}
