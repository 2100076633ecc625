import type Stripe from 'stripe'
import { z } from 'zod'
import { noSuch } from './api-error'
import { AUTHENTICATION_REQUIRED, type Refusal } from './cards'
import { operation } from './operation'
import { expand, text } from './params'
import { cardOf } from './payment-methods'
import { cardError } from './refusals'
import type { World } from './world'

type SetupIntent = Stripe.SetupIntent

export const setupIntents = [
  operation({
    name: 'setup_intents.retrieve',
    door: 'GET /v1/setup_intents/:id',
    params: z.strictObject({ expand, client_secret: text.optional() }),
    run: (world, _, id) => ({ body: getSetupIntent(world, id) }),
  }),
]

/** @throws ApiError where there is none. */
export function getSetupIntent(world: World, id: string): SetupIntent {
  const found = world.find('setup_intent', id)
  if (!found) throw noSuch('setup_intent', id, 'intent', 404)
  return found
}

type About = { customer: string | null; description: string | null; metadata: Record<string, string> }

/** What a checkout session sets up: a card for charges without the customer. */
export function createSetupIntent(world: World, { customer, description, metadata }: About): SetupIntent {
  const id = world.newId('seti_1')
  return world.put({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${world.newId('')}`,
    created: world.now,
    customer,
    customer_account: null,
    description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  })
}

/** The bank wants to see the customer first. */
export function awaitAuthentication(world: World, intent: SetupIntent, method: Stripe.PaymentMethod): SetupIntent {
  return world.put({
    ...intent,
    last_setup_error: null,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
    payment_method: method.id,
    status: 'requires_action',
  })
}

/** The card is saved, for its customer where there is one. */
export function succeedSetup(
  world: World,
  intent: SetupIntent,
  method: Stripe.PaymentMethod,
  customer: string | null,
): SetupIntent {
  world.put({ ...method, allow_redisplay: 'limited', customer })
  world.put({ ...cardOf(world, method), isSetUp: true })
  return world.put({
    ...intent,
    customer,
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  })
}

export const AUTHENTICATION_FAILED: Refusal = {
  ...AUTHENTICATION_REQUIRED,
  code: 'setup_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
}

/** The card was refused; another one may be tried. */
export function failSetup(
  world: World,
  intent: SetupIntent,
  method: Stripe.PaymentMethod,
  refusal: Refusal,
): SetupIntent {
  const { error } = cardError(refusal, { payment_method: method }).body
  return world.put({
    ...intent,
    last_setup_error: { ...error, type: 'card_error' },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  })
}

export function cancelSetup(world: World, intent: SetupIntent): SetupIntent {
  return world.put({ ...intent, next_action: null, status: 'canceled' })
}
