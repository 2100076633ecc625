import type Stripe from 'stripe'
import { z } from 'zod'
import { checkAmount, checkCurrency } from './amounts'
import { invalidRequest, noSuch, unexpectedState } from './api-error'
import { confirmIntent } from './confirm-intent'
import { getCustomer } from './customers'
import { isWithin, pageOf } from './list'
import { operation } from './operation'
import {
  cardTypes,
  created,
  emptyable,
  expand,
  flag,
  integer,
  mergeMetadata,
  metadata,
  page,
  text,
  webAddress,
} from './params'
import { checkUsable, takePaymentMethod } from './payment-methods'
import type { World } from './world'

type Intent = Stripe.PaymentIntent

const confirmation = {
  error_on_requires_action: flag.optional(),
  off_session: flag.optional(),
  payment_method: text.optional(),
  return_url: webAddress.optional(),
  receipt_email: emptyable.optional(),
  expand,
}

const creation = z.strictObject({
  ...confirmation,
  amount: integer,
  currency: text,
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).default('always') })
    .optional(),
  capture_method: z.enum(['automatic', 'automatic_async'], 'The payment sandbox captures at once').default('automatic'),
  confirm: flag.default(false),
  customer: text.optional(),
  description: text.optional(),
  metadata,
  payment_method_types: cardTypes.optional(),
  statement_descriptor_suffix: text.optional(),
})
type Creation = z.infer<typeof creation>

/** The reasons that a caller may give; Stripe has more of its own. */
const reasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const
/** From each of these an intent can still be cancelled. */
const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
]

export const paymentIntents = [
  operation({
    name: 'payment_intents.create',
    door: 'POST /v1/payment_intents',
    params: creation,
    run: (world, params) => {
      const intent = createIntent(world, params)
      return params.confirm ? confirmIntent(world, intent, params) : { body: intent }
    },
  }),
  operation({
    name: 'payment_intents.retrieve',
    door: 'GET /v1/payment_intents/:id',
    params: z.strictObject({ expand, client_secret: text.optional() }),
    run: (world, _, id) => ({ body: getIntent(world, id, 'intent', 404) }),
  }),
  operation({
    name: 'payment_intents.list',
    door: 'GET /v1/payment_intents',
    params: z.strictObject({ ...page, created, customer: text.optional() }),
    run: (world, params) => {
      const { customer } = params
      const all = world
        .list('payment_intent')
        .filter((intent) => (!customer || intent.customer === customer) && isWithin(intent.created, params.created))
      return pageOf(all, '/v1/payment_intents', params)
    },
  }),
  operation({
    name: 'payment_intents.confirm',
    door: 'POST /v1/payment_intents/:id/confirm',
    params: z.strictObject(confirmation),
    run: (world, params, id) => confirmIntent(world, getIntent(world, id, 'intent', 404), params),
  }),
  operation({
    name: 'payment_intents.cancel',
    door: 'POST /v1/payment_intents/:id/cancel',
    params: z.strictObject({ cancellation_reason: z.enum(reasons).optional(), expand }),
    run: (world, params, id) => ({ body: cancelIntent(world, id, params.cancellation_reason) }),
  }),
]

/** @throws ApiError where there is none. */
export function getIntent(world: World, id: string, param: string, status: 400 | 404 = 400): Intent {
  const found = world.find('payment_intent', id)
  if (!found) throw noSuch('payment_intent', id, param, status)
  return found
}

function cancelIntent(world: World, id: string, reason: string | undefined): Intent {
  const intent = getIntent(world, id, 'intent', 404)
  if (!CANCELABLE.includes(intent.status)) {
    const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`
    throw unexpectedState(message, intent)
  }
  const canceled = world.put({
    ...intent,
    status: 'canceled',
    canceled_at: world.now,
    cancellation_reason: reason ?? null,
    next_action: null,
  })
  world.emit('payment_intent.canceled', canceled)
  return canceled
}

export function createIntent(world: World, params: Creation): Intent {
  checkCreation(params)
  const { customer, payment_method: asked } = params
  if (customer) getCustomer(world, customer, 'customer')
  const method = asked ? takePaymentMethod(world, asked) : undefined
  if (method) checkUsable(world, method, customer)
  const id = world.newId('pi_3')
  return world.put({
    ...blankIntent,
    id,
    object: 'payment_intent',
    amount: params.amount,
    automatic_payment_methods: automaticOf(params),
    capture_method: params.capture_method,
    client_secret: `${id}_secret_${world.newId('')}`,
    created: world.now,
    currency: params.currency.toLowerCase(),
    customer: customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    payment_method: method?.id ?? null,
    receipt_email: params.receipt_email ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
  })
}

function checkCreation({ confirm, ...params }: Creation): void {
  checkCurrency(params.currency)
  checkAmount(params.amount, params.currency)
  if (params.automatic_payment_methods?.enabled && params.payment_method_types)
    throw invalidRequest(
      'You may only specify one of these parameters: automatic_payment_methods, payment_method_types.',
      { code: 'parameters_exclusive' },
    )
  for (const param of ['off_session', 'error_on_requires_action', 'return_url'] as const)
    if (params[param] !== undefined && !confirm)
      throw invalidRequest(`You can only pass \`${param}\` when \`confirm\` is \`true\`.`, { param })
}

/** Without a word on it, the methods of the account are used; some of them lead the customer elsewhere. */
function automaticOf({ automatic_payment_methods: asked, payment_method_types: types }: Creation) {
  if (types || asked?.enabled === false) return null
  return { enabled: true, allow_redirects: asked?.allow_redirects ?? 'always' }
}

const blankIntent = {
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  canceled_at: null,
  cancellation_reason: null,
  confirmation_method: 'automatic',
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  },
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Intent>
