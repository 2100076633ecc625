import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import {
  authenticate,
  CARDS,
  errorOf,
  ownPayments,
  post,
  savedCard,
  sessionFor,
  typeCard,
} from '../../support/payments'

const sandbox = ownPayments()
const nowSeconds = () => Math.floor(Date.now() / 1_000)
const MINUTE_MS = 60_000

const show = async (session: Stripe.Checkout.Session) => {
  const response = await fetch(session.url ?? '')
  return {
    status: response.status,
    html: await response.text(),
    policy: response.headers.get('content-security-policy'),
  }
}
const setupOf = async (stripe: Stripe, id: string) => {
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent.payment_method'] })
  const intent = session.setup_intent as Stripe.SetupIntent
  return { session, intent, method: intent.payment_method as Stripe.PaymentMethod | null }
}

describe('a checkout session', () => {
  it('saves the card that a customer types, and leads back to the shop', async () => {
    const stripe = sandbox.stripe()
    const { id: customer } = await stripe.customers.create({ email: 'ann@example.com' })
    const open = await sessionFor(stripe, { customer, metadata: { orderId: 'o1' }, client_reference_id: 'o1' })
    expect(open).toMatchObject({ status: 'open', mode: 'setup', metadata: { orderId: 'o1' }, customer_details: null })
    expect(await show(open)).toMatchObject({ status: 200, html: expect.stringContaining('ann@example.com') })
    expect(await typeCard(open, CARDS.good)).toMatchObject({
      status: 303,
      location: `http://localhost:3000/back?session=${open.id}`,
    })
    const { session, intent, method } = await setupOf(stripe, open.id)
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      url: null,
      customer_details: { email: 'ann@example.com', name: 'Ann Other' },
    })
    expect(intent).toMatchObject({ status: 'succeeded', customer, usage: 'off_session' })
    expect(method).toMatchObject({ customer, type: 'card', card: { brand: 'visa', last4: '4242', exp_year: 2034 } })
    expect((await stripe.paymentMethods.list({ customer })).data.map(({ id }) => id)).toEqual([method?.id])
  })

  it('makes a customer of who has none, where that is asked for', async () => {
    const stripe = sandbox.stripe()
    const [always, never] = [await sessionFor(stripe, { customer_creation: 'always' }), await sessionFor(stripe)]
    await typeCard(always, CARDS.good, { email: 'bob@example.com' })
    await typeCard(never, CARDS.good)
    const { session, method } = await setupOf(stripe, always.id)
    expect(await stripe.customers.retrieve(session.customer as string)).toMatchObject({ email: 'bob@example.com' })
    expect(method?.customer).toBe(session.customer)
    expect(await setupOf(stripe, never.id)).toMatchObject({ session: { customer: null }, method: { customer: null } })
  })

  it.each([CARDS.authenticatesOnce, CARDS.authenticatesAlways])(
    'asks the customer’s bank, for the card %s',
    async (number) => {
      const stripe = sandbox.stripe()
      const open = await sessionFor(stripe)
      expect(await typeCard(open, number)).toMatchObject({ status: 303, location: open.url })
      expect((await show(open)).html).toContain('Complete authentication')
      expect((await setupOf(stripe, open.id)).intent.status).toBe('requires_action')
      expect(await authenticate(open, 'fail')).toMatchObject({
        location: null,
        html: expect.stringContaining('unable to authenticate'),
      })
      expect((await setupOf(stripe, open.id)).intent).toMatchObject({
        status: 'requires_payment_method',
        last_setup_error: { code: 'setup_intent_authentication_failure' },
      })
      await typeCard(open, number)
      expect((await authenticate(open, 'complete')).location).toContain(open.id)
      expect((await setupOf(stripe, open.id)).session.status).toBe('complete')
    },
  )

  it.each([
    [CARDS.declined, 'Your card was declined.'],
    [CARDS.noFunds, 'Your card has insufficient funds.'],
    ['4111111111111111', 'a non test card'],
  ])('saves no card that is refused: %s', async (number, words) => {
    const stripe = sandbox.stripe()
    const open = await sessionFor(stripe)
    expect(await typeCard(open, number)).toMatchObject({ location: null, html: expect.stringContaining(words) })
    expect(await setupOf(stripe, open.id)).toMatchObject({ session: { status: 'open' }, method: null })
    expect((await typeCard(open, CARDS.good)).status).toBe(303)
  })

  it.each([
    [{ number: '4242424242424241' }, 'number is invalid'],
    [{ number: '<b>' }, 'value="&#60;b&#62;"'],
    [{ expiry: '13/34' }, 'date is incomplete'],
    [{ expiry: '01/20' }, 'in the past'],
    [{ cvc: '1234' }, 'security code is incomplete'],
    [{ number: '378282246310005' }, 'security code is incomplete'],
    [{ name: ' ' }, 'name on the card is needed'],
    [{ email: 'ann' }, 'email is incomplete'],
  ])('says what was typed wrongly, and takes it once it is right: %j', async (typed, words) => {
    const open = await sessionFor(sandbox.stripe())
    const answer = await typeCard(open, CARDS.good, typed)
    expect([answer.location, answer.html]).toEqual([null, expect.stringContaining(words)])
    expect((await typeCard(open, CARDS.good)).status).toBe(303)
  })

  it('is completed once, however often the button is pressed', async () => {
    const stripe = sandbox.stripe()
    const { id: customer } = await stripe.customers.create()
    const open = await sessionFor(stripe, { customer, customer_email: undefined as never })
    const answers = await Promise.all([1, 2, 3].map(() => typeCard(open, CARDS.good)))
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1)
    expect((await show(open)).html).toContain('all done')
  })

  it('ends when it is told to, and takes no card then', async () => {
    const stripe = sandbox.stripe()
    const open = await sessionFor(stripe)
    expect(await stripe.checkout.sessions.expire(open.id)).toMatchObject({ status: 'expired', url: null })
    expect(await typeCard(open, CARDS.good)).toMatchObject({ status: 410, html: expect.stringContaining('expired') })
    expect((await setupOf(stripe, open.id)).intent).toMatchObject({ status: 'canceled', payment_method: null })
    expect((await errorOf(stripe.checkout.sessions.expire(open.id))).message).toContain('has a status of `expired`')
  })

  it('ends by itself when its time is over', async () => {
    const stripe = sandbox.stripe()
    const open = await sessionFor(stripe, { expires_at: nowSeconds() + 31 * 60 })
    const longer = await sessionFor(stripe)
    expect(longer.expires_at - longer.created).toBe(24 * 3_600)
    sandbox.move(32 * MINUTE_MS)
    expect((await typeCard(open, CARDS.good)).status).toBe(410)
    expect((await stripe.checkout.sessions.retrieve(open.id)).status).toBe('expired')
    expect((await typeCard(longer, CARDS.good)).status).toBe(303)
  })

  it.each<[Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    [{ expires_at: Math.floor(Date.now() / 1_000) + 20 * 60 }, 'at least 30 minutes'],
    [{ expires_at: Math.floor(Date.now() / 1_000) + 25 * 3_600 }, 'less than 24 hours'],
    [{ success_url: 'shop' }, 'Not a valid URL'],
    [{ mode: 'payment' }, 'setup only'],
    [{ currency: undefined as never }, 'currency'],
    [{ customer: 'cus_none' }, 'No such customer'],
  ])('is not opened with %j', async (change, words) => {
    expect((await errorOf(sessionFor(sandbox.stripe(), change))).message).toContain(words)
  })

  it('has an address of its own that says what it is', async () => {
    const home = await fetch(sandbox.url())
    expect([home.status, await home.text()]).toEqual([200, expect.stringContaining('4242 4242 4242 4242')])
  })

  it('is a page of no scripts, in nobody’s frame, that no other site fills in', async () => {
    const open = await sessionFor(sandbox.stripe())
    const { policy } = await show(open)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect((await post(open.url ?? '', {}, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await post(open.url ?? '', {}, { origin: sandbox.url() })).status).toBe(200)
    expect((await fetch(`${sandbox.url()}/c/pay/cs_test_none`)).status).toBe(404)
  })

  it('shows no security code again, and no number of a card that may be real', async () => {
    const open = await sessionFor(sandbox.stripe())
    const real = await typeCard(open, '4111 1111 1111 1111', { cvc: '987' })
    expect(real.html).toContain('Ann Other')
    expect(real.html).not.toMatch(/4111|987/)
    expect((await typeCard(open, CARDS.declined, { cvc: '987' })).html).not.toContain('987')
  })

  it('keeps of a card what Stripe tells of it, and no more', async () => {
    const stripe = sandbox.stripe()
    const { method } = await savedCard(stripe)
    expect(JSON.stringify(await stripe.paymentMethods.retrieve(method))).not.toContain(CARDS.good)
  })
})
