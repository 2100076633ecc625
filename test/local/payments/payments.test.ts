import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { CARDS, errorOf, ownPayments, savedCard } from '../../support/payments'

const sandbox = ownPayments()
const { StripeCardError, StripeInvalidRequestError } = Stripe.errors

const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }
const offSession = (method: string) => ({ payment_method: method, off_session: true })

/** An intent that waits to be confirmed, for a customer with a saved card. */
async function readyIntent(number = CARDS.good, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const stripe = sandbox.stripe()
  const saved = await savedCard(stripe, number)
  const intent = await stripe.paymentIntents.create({
    ...order,
    customer: saved.customer,
    metadata: { orderId: 'o1' },
    ...more,
  })
  return { stripe, intent, ...saved }
}

describe('a payment', () => {
  it('is made by an intent that is created, confirmed without the customer, and looked up', async () => {
    const { stripe, intent, customer, method } = await readyIntent()
    expect(intent).toMatchObject({ status: 'requires_payment_method', amount: 1_999, amount_received: 0 })
    const paid = await stripe.paymentIntents.confirm(intent.id, offSession(method))
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1_999, customer, metadata: { orderId: 'o1' } })
    expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })).toMatchObject({
      status: 'succeeded',
      latest_charge: { status: 'succeeded', amount: 1_999, payment_intent: intent.id, failure_code: null },
    })
  })

  it('is made at once when that is asked for', async () => {
    const stripe = sandbox.stripe()
    const { customer, method } = await savedCard(stripe)
    const intent = await stripe.paymentIntents.create({ ...order, customer, confirm: true, ...offSession(method) })
    expect(intent.status).toBe('succeeded')
  })

  it('waits for its confirmation once it knows its card', async () => {
    const { stripe, customer, method } = await readyIntent()
    const intent = await stripe.paymentIntents.create({ ...order, customer, payment_method: method })
    expect(intent.status).toBe('requires_confirmation')
    expect((await stripe.paymentIntents.confirm(intent.id, { off_session: true })).status).toBe('succeeded')
  })

  it('that is declined can be confirmed again with another card, and is one payment', async () => {
    const { stripe, intent, customer, method } = await readyIntent(CARDS.declinedLater)
    const error = await errorOf(stripe.paymentIntents.confirm(intent.id, offSession(method)))
    expect(error).toBeInstanceOf(StripeCardError)
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
      payment_intent: { id: intent.id, status: 'requires_payment_method', payment_method: null },
      payment_method: { id: method },
    })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', charge: error.charge, payment_method: { id: method } },
    })
    const { id: other } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    expect((await stripe.paymentIntents.confirm(intent.id, offSession(other))).last_payment_error).toBeNull()
    const [payment] = await sandbox.payments()
    expect(payment?.charges.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
  })

  it.each([
    [CARDS.noFundsLater, 'card_declined', 'insufficient_funds'],
    [CARDS.authenticatesAlways, 'authentication_required', 'authentication_required'],
  ])('by the saved card %s is refused: %s, %s', async (number, code, decline_code) => {
    const { stripe, intent, method } = await readyIntent(number)
    const error = await errorOf(stripe.paymentIntents.confirm(intent.id, offSession(method)))
    expect(error).toMatchObject({ statusCode: 402, code, decline_code })
    expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method' })
  })

  it.each([CARDS.authenticatesOnce, CARDS.alreadySetUp])(
    'by the card %s needs no customer, who has authenticated while saving it',
    async (number) => {
      const { stripe, intent, method } = await readyIntent(number)
      expect((await stripe.paymentIntents.confirm(intent.id, offSession(method))).status).toBe('succeeded')
    },
  )

  it('by a card that was saved without authentication wants the customer', async () => {
    const { stripe, intent, customer } = await readyIntent()
    const { id } = await stripe.paymentMethods.attach('pm_card_authenticationRequiredOnSetup', { customer })
    expect(await errorOf(stripe.paymentIntents.confirm(intent.id, offSession(id)))).toMatchObject({
      code: 'authentication_required',
    })
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: id })).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk' },
    })
  })

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', ''],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', ''],
  ])('by %s is refused: %s, %s', async (payment_method, code, decline_code) => {
    const stripe = sandbox.stripe()
    const error = await errorOf(stripe.paymentIntents.create({ ...order, payment_method, confirm: true }))
    expect(error).toBeInstanceOf(StripeCardError)
    expect(error).toMatchObject({ code, decline_code })
    const { customer } = await savedCard(stripe)
    expect(await errorOf(stripe.paymentMethods.attach(payment_method, { customer }))).toMatchObject({ code })
  })

  it('can be cancelled until it is made, and is neither made nor cancelled afterwards', async () => {
    const { stripe, intent, method } = await readyIntent()
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer' })
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'requested_by_customer' })
    for (const refused of [
      stripe.paymentIntents.confirm(intent.id, offSession(method)),
      stripe.paymentIntents.cancel(intent.id),
    ])
      expect(await errorOf(refused)).toMatchObject({
        statusCode: 400,
        code: 'payment_intent_unexpected_state',
        payment_intent: { id: intent.id, status: 'canceled' },
      })
  })

  it('that was made is neither made again nor cancelled', async () => {
    const { stripe, intent, method } = await readyIntent()
    await stripe.paymentIntents.confirm(intent.id, offSession(method))
    const again = await errorOf(stripe.paymentIntents.confirm(intent.id, offSession(method)))
    expect(again).toBeInstanceOf(StripeInvalidRequestError)
    expect(again).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } })
    expect((await errorOf(stripe.paymentIntents.cancel(intent.id))).message).toContain('has a status of succeeded')
    expect((await sandbox.payments())[0]?.charges).toHaveLength(1)
  })

  it('takes no card of somebody else, none that was taken from its customer, and none at all', async () => {
    const { stripe, intent, customer, method } = await readyIntent()
    const other = await savedCard(stripe)
    const attempts = [offSession(other.method), offSession('pm_none'), { off_session: true }]
    for (const attempt of attempts)
      expect(await errorOf(stripe.paymentIntents.confirm(intent.id, attempt))).toMatchObject({ statusCode: 400 })
    expect(await errorOf(stripe.paymentIntents.create({ ...order, payment_method: method }))).toMatchObject({
      message: expect.stringContaining('belongs to the Customer'),
    })
    await stripe.paymentMethods.detach(method)
    expect((await errorOf(stripe.paymentIntents.confirm(intent.id, offSession(method)))).message).toContain(
      'may not be used again',
    )
    expect((await stripe.paymentMethods.list({ customer })).data).toEqual([])
  })

  it('by methods that may lead elsewhere wants to know where to come back to', async () => {
    const { stripe, customer, method } = await readyIntent()
    const { id } = await stripe.paymentIntents.create({ amount: 100, currency: 'eur', customer })
    expect((await errorOf(stripe.paymentIntents.confirm(id, offSession(method)))).message).toContain('return_url')
    const back = { return_url: 'http://localhost:3000/back' }
    expect((await stripe.paymentIntents.confirm(id, { ...offSession(method), ...back })).status).toBe('succeeded')
    const never = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } }
    const stays = await stripe.paymentIntents.create({ amount: 100, currency: 'eur', customer, ...never })
    expect((await stripe.paymentIntents.confirm(stays.id, offSession(method))).status).toBe('succeeded')
  })
})

describe('a list of payments', () => {
  it('tells a customer’s, newest first, page by page', async () => {
    const { stripe, customer, intent } = await readyIntent()
    await readyIntent()
    const later = []
    for (const amount of [100, 200, 300, 400])
      later.push((await stripe.paymentIntents.create({ ...order, amount, customer })).id)
    const all = [...later.reverse(), intent.id]
    const first = await stripe.paymentIntents.list({ customer, limit: 2 })
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([all.slice(0, 2), true])
    const pages = await stripe.paymentIntents.list({ customer, limit: 2 }).autoPagingToArray({ limit: 100 })
    expect(pages.map(({ id }) => id)).toEqual(all)
    const back = await stripe.paymentIntents.list({ customer, limit: 2, ending_before: all[3] ?? '' })
    expect([back.data.map(({ id }) => id), back.has_more]).toEqual([all.slice(1, 3), true])
  })

  it('tells those of a time', async () => {
    const { stripe, intent } = await readyIntent()
    sandbox.move(3_600_000)
    const later = await stripe.paymentIntents.create(order)
    const ids = async (created: Stripe.RangeQueryParam) =>
      (await stripe.paymentIntents.list({ created })).data.map(({ id }) => id)
    expect(await ids({ gt: intent.created })).toEqual([later.id])
    expect(await ids({ lt: later.created })).toEqual([intent.id])
    expect(await ids({ gte: intent.created, lte: later.created })).toHaveLength(2)
  })
})

describe('a refund', () => {
  it('gives money back in parts, until none is left', async () => {
    const { stripe, intent, method } = await readyIntent()
    await stripe.paymentIntents.confirm(intent.id, offSession(method))
    const part = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 999,
      reason: 'requested_by_customer',
    })
    expect(part).toMatchObject({ status: 'succeeded', amount: 999, payment_intent: intent.id })
    expect((await errorOf(stripe.refunds.create({ payment_intent: intent.id, amount: 1_001 }))).message).toBe(
      'Refund amount (10.01 eur) is greater than unrefunded amount on charge (10.00 eur)',
    )
    const rest = await stripe.refunds.create({ charge: part.charge as string })
    expect(rest.amount).toBe(1_000)
    expect(await errorOf(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    })
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data.map(({ id }) => id)).toEqual([
      rest.id,
      part.id,
    ])
    expect((await stripe.refunds.retrieve(part.id)).amount).toBe(999)
    expect(await stripe.charges.retrieve(part.charge as string)).toMatchObject({
      refunded: true,
      amount_refunded: 1_999,
    })
  })

  it('is refused where nothing was paid', async () => {
    const { stripe, intent } = await readyIntent()
    expect((await errorOf(stripe.refunds.create({ payment_intent: intent.id }))).message).toContain(
      'does not have a successful charge to refund',
    )
    expect(await errorOf(stripe.refunds.create({}))).toMatchObject({ statusCode: 400 })
  })
})

describe('a customer', () => {
  it('is kept, and changed field by field', async () => {
    const stripe = sandbox.stripe()
    const { id } = await stripe.customers.create({ email: 'ann@example.com', metadata: { a: '1', b: '2' } })
    await stripe.customers.update(id, { name: 'Ann', metadata: { a: '', c: '3' } })
    expect(await stripe.customers.retrieve(id)).toMatchObject({
      email: 'ann@example.com',
      name: 'Ann',
      metadata: { b: '2', c: '3' },
    })
    expect((await stripe.customers.update(id, { metadata: '', name: '' })) as object).toMatchObject({
      metadata: {},
      name: null,
    })
  })
})
