import type Stripe from 'stripe'
import { z } from 'zod'
import { checkCurrency } from './amounts'
import { invalidRequest, noSuch } from './api-error'
import { createCustomer, getCustomer } from './customers'
import { operation } from './operation'
import { cardTypes, expand, integer, mergeMetadata, metadata, text, webAddress } from './params'
import { cancelSetup, createSetupIntent, getSetupIntent, succeedSetup } from './setup-intents'
import { idOf, type World } from './world'

type Session = Stripe.Checkout.Session

const SHORTEST_LIFE_S = 30 * 60
const LONGEST_LIFE_S = 24 * 3_600

const creation = z.strictObject({
  mode: z.enum(['setup'], 'The payment sandbox knows the mode setup only'),
  success_url: webAddress,
  cancel_url: webAddress.optional(),
  client_reference_id: z.string().min(1).max(200).optional(),
  currency: text.optional(),
  customer: text.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_email: text.optional(),
  expires_at: integer.optional(),
  locale: text.optional(),
  metadata,
  payment_method_types: cardTypes.optional(),
  setup_intent_data: z.strictObject({ description: text.optional(), metadata }).optional(),
  ui_mode: z.enum(['hosted_page'], 'The payment sandbox knows the hosted page only').default('hosted_page'),
  expand,
})
type Creation = z.infer<typeof creation>

export const checkoutSessions = [
  operation({
    name: 'checkout.sessions.create',
    door: 'POST /v1/checkout/sessions',
    params: creation,
    run: (world, params) => ({ body: createSession(world, params) }),
  }),
  operation({
    name: 'checkout.sessions.retrieve',
    door: 'GET /v1/checkout/sessions/:id',
    params: z.strictObject({ expand }),
    run: (world, _, id) => ({ body: getSession(world, id) }),
  }),
  operation({
    name: 'checkout.sessions.expire',
    door: 'POST /v1/checkout/sessions/:id/expire',
    params: z.strictObject({ expand }),
    run: (world, _, id) => {
      const session = getSession(world, id)
      if (session.status === 'open') return { body: expireSession(world, session) }
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
      )
    },
  }),
]

/** @throws ApiError where there is none. */
export function getSession(world: World, id: string): Session {
  const found = world.find('checkout.session', id)
  if (!found) throw noSuch('checkout.session', id, 'session', 404)
  return found
}

function createSession(world: World, params: Creation): Session {
  checkCreation(params, world.now)
  const { customer = null, setup_intent_data: setup } = params
  if (customer) getCustomer(world, customer, 'customer')
  const intent = createSetupIntent(world, {
    customer,
    description: setup?.description ?? null,
    metadata: mergeMetadata({}, setup?.metadata ?? {}),
  })
  const id = world.newId('cs_test_a1')
  return world.put({
    ...blankSession,
    id,
    object: 'checkout.session',
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: world.now,
    currency: params.currency?.toLowerCase() ?? null,
    customer,
    customer_creation: params.customer_creation ?? (customer ? null : 'if_required'),
    customer_email: params.customer_email ?? null,
    expires_at: params.expires_at ?? world.now + LONGEST_LIFE_S,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    setup_intent: intent.id,
    success_url: params.success_url,
    ui_mode: params.ui_mode,
    url: `${world.baseUrl}/c/pay/${id}`,
  })
}

function checkCreation(params: Creation, now: number): void {
  const { currency, customer, customer_email: email, customer_creation: creates, expires_at: end } = params
  if (currency) checkCurrency(currency)
  if (!currency && !params.payment_method_types)
    throw invalidRequest('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' })
  if (customer && (email || creates)) {
    const other = email ? 'customer_email' : 'customer_creation'
    const message = `You may only specify one of these parameters: customer, ${other}.`
    throw invalidRequest(message, { code: 'parameters_exclusive', param: other })
  }
  if (end === undefined) return
  const param = 'expires_at'
  if (end < now + SHORTEST_LIFE_S)
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
      param,
    })
  if (end > now + LONGEST_LIFE_S)
    throw invalidRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
      param,
    })
}

/** Nobody can complete it any more. */
export function expireSession(world: World, session: Session): Session {
  const intent = idOf(session.setup_intent)
  if (intent) cancelSetup(world, getSetupIntent(world, intent))
  const expired = world.put<Session>({ ...session, status: 'expired', url: null })
  world.emit('checkout.session.expired', expired)
  return expired
}

/** Sessions whose time is over, newest first. */
export function overdueSessions(sessions: Session[], now: number): Session[] {
  return sessions.filter(({ status, expires_at: end }) => status === 'open' && end <= now)
}

/** The customer has given a card that can be charged later. */
export function completeSession(world: World, session: Session, method: Stripe.PaymentMethod): Session {
  const { email, name } = method.billing_details
  const isNew = !session.customer && session.customer_creation === 'always'
  const customer = isNew ? createCustomer(world, { email, name }).id : (idOf(session.customer) ?? null)
  const intent = getSetupIntent(world, idOf(session.setup_intent) ?? '')
  succeedSetup(world, intent, method, customer)
  const complete = world.put<Session>({
    ...session,
    customer,
    customer_details: {
      address: null,
      business_name: null,
      email,
      individual_name: null,
      name,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
    status: 'complete',
    url: null,
  })
  world.emit('checkout.session.completed', complete)
  return complete
}

const blankSession = {
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  amount_subtotal: null,
  amount_total: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer_account: null,
  customer_details: null,
  discounts: null,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  mode: 'setup',
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'always',
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  payment_status: 'no_payment_required',
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  submit_type: null,
  subscription: null,
  total_details: null,
  wallet_options: null,
} satisfies Partial<Session>
