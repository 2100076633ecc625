import type Stripe from 'stripe'
import { invalidRequest, unexpectedState } from './api-error'
import { AUTHENTICATION_REQUIRED, type Refusal, verdictOf } from './cards'
import { createCharge } from './charges'
import type { Outcome } from './operation'
import { cardOf, checkUsable, ruleOf, takePaymentMethod } from './payment-methods'
import { cardError, paymentError } from './refusals'
import { idOf, type World } from './world'

type Intent = Stripe.PaymentIntent
type Asked = {
  payment_method?: string | undefined
  off_session?: boolean | undefined
  error_on_requires_action?: boolean | undefined
  return_url?: string | undefined
  receipt_email?: string | null | undefined
}

const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action']

/**
 * Tries to take the money. It succeeds; or it is declined, which is a fact too: the intent keeps the failed charge, lets
 * go of the card, and can be confirmed again with another one.
 *
 *     requires_payment_method ──► requires_confirmation ──► succeeded
 *              ▲ declined                 │  └──► requires_action: the customer has to come by
 *              └──────────────────────────┘
 *
 * @throws ApiError where nothing was tried.
 */
export function confirmIntent(world: World, intent: Intent, asked: Asked): Outcome {
  checkConfirmable(intent)
  const method = methodOf(world, intent, asked)
  checkRedirects(intent, asked)
  const receipt = asked.receipt_email === undefined ? intent.receipt_email : asked.receipt_email
  const confirmed = { ...intent, receipt_email: receipt, next_action: null }
  const card = cardOf(world, method)
  const isOffSession = asked.off_session ?? false
  const verdict = world.takeDecline() ?? verdictOf(ruleOf(card), { isOffSession, isSetUp: card.isSetUp })
  if (verdict === 'needs-customer' && !isOffSession && !asked.error_on_requires_action)
    return { body: awaitCustomer(world, confirmed, method) }
  if (!method.customer) world.put({ ...card, isSpent: true })
  if (verdict === 'approved') return { body: succeed(world, confirmed, method) }
  return fail(world, confirmed, method, verdict === 'needs-customer' ? AUTHENTICATION_REQUIRED : verdict)
}

function checkConfirmable(intent: Intent): void {
  const { status } = intent
  if (CONFIRMABLE.includes(status)) return
  if (status === 'succeeded')
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
      intent,
    )
  const message = `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${CONFIRMABLE.join(', ')}.`
  throw unexpectedState(message, intent)
}

function methodOf(world: World, intent: Intent, { payment_method: asked }: Asked): Stripe.PaymentMethod {
  const id = asked ?? idOf(intent.payment_method)
  if (!id)
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      intent,
    )
  const method = takePaymentMethod(world, id)
  checkUsable(world, method, idOf(intent.customer))
  return method
}

/** An intent that takes methods which lead elsewhere has to know where to come back to, whatever method is used. */
function checkRedirects({ automatic_payment_methods: automatic }: Intent, { return_url: back }: Asked): void {
  if (!automatic?.enabled || automatic.allow_redirects === 'never' || back) return
  throw invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  )
}

function succeed(world: World, intent: Intent, method: Stripe.PaymentMethod): Intent {
  const charge = createCharge(world, intent, method)
  const succeeded = world.put({
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: method.id,
    status: 'succeeded',
  })
  world.emit('payment_intent.succeeded', succeeded)
  return succeeded
}

function fail(world: World, intent: Intent, method: Stripe.PaymentMethod, refusal: Refusal): Outcome {
  const charge = createCharge(world, intent, method, refusal)
  const failed = world.put({
    ...intent,
    last_payment_error: paymentError(refusal, { charge: charge.id, payment_method: method }),
    latest_charge: charge.id,
    payment_method: null,
    status: 'requires_payment_method',
  })
  world.emit('payment_intent.payment_failed', failed)
  return { refusal: cardError(refusal, { charge: charge.id, payment_intent: failed, payment_method: method }) }
}

/** Nobody comes by in this sandbox: what is saved for later is charged without the customer. */
function awaitCustomer(world: World, intent: Intent, method: Stripe.PaymentMethod): Intent {
  return world.put({
    ...intent,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
    payment_method: method.id,
    status: 'requires_action',
  })
}
