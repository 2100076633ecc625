import type Stripe from 'stripe'
import { z } from 'zod'
import { noSuch } from './api-error'
import type { Refusal } from './cards'
import { operation } from './operation'
import { expand } from './params'
import type { World } from './world'

export const charges = [
  operation({
    name: 'charges.retrieve',
    door: 'GET /v1/charges/:id',
    params: z.strictObject({ expand }),
    run: (world, _, id) => ({ body: getCharge(world, id, 404) }),
  }),
]

/** @throws ApiError where there is none. */
export function getCharge(world: World, id: string, status: 400 | 404 = 400): Stripe.Charge {
  const found = world.find('charge', id)
  if (!found) throw noSuch('charge', id, 'charge', status)
  return found
}

/** One attempt to take the money, as it came out. */
export function createCharge(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  refusal?: Refusal,
): Stripe.Charge {
  const isPaid = !refusal
  const { amount, currency, description, metadata } = intent
  return world.put({
    id: world.newId('ch_3'),
    object: 'charge',
    amount,
    amount_captured: isPaid ? amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: isPaid ? world.newId('txn_3') : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured: isPaid,
    created: world.now,
    currency,
    customer: intent.customer,
    description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: refusal?.code ?? null,
    failure_message: refusal?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata,
    on_behalf_of: null,
    outcome: outcomeOf(refusal),
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(intent, method) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPaid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  })
}

function outcomeOf(refusal: Refusal | undefined): Stripe.Charge.Outcome {
  const { code, declineCode } = refusal ?? {}
  return {
    advice_code: refusal?.adviceCode ?? null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: refusal ? 'declined_by_network' : 'approved_by_network',
    reason: declineCode ?? code ?? null,
    risk_level: 'normal',
    seller_message: refusal ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: refusal ? 'issuer_declined' : 'authorized',
  }
}

function cardDetails(
  { amount }: Stripe.PaymentIntent,
  { card }: Stripe.PaymentMethod,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  }
}
