import type { IncomingMessage } from 'node:http'
import type Stripe from 'stripe'
import { readBody } from '../sandbox/door'
import { ApiError } from './api-error'
import { NOT_A_TEST_CARD, readCardForm, type TypedCard, typedCard } from './card-form'
import type { Refusal } from './cards'
import { authenticationPage, cardPage, wordsPage } from './checkout-page'
import { completeSession, expireSession, getSession, overdueSessions } from './checkout-sessions'
import type { Locks } from './locks'
import { createPaymentMethod, getPaymentMethod } from './payment-methods'
import { AUTHENTICATION_FAILED, awaitAuthentication, failSetup, getSetupIntent } from './setup-intents'
import type { Entry, SandboxEvent } from './store'
import { idOf, type World } from './world'

type Session = Stripe.Checkout.Session
export type PageReply = { status: number; html: string } | { location: string }

const MOST_BODY_BYTES = 16 * 1024
const NOT_FOUND: PageReply = { status: 404, html: wordsPage('Not found', 'There is no such page.') }

type Parts = {
  locks: Locks
  lockLimitMs: number
  newWorld: () => World
  commit: (entry: Entry & { events: SandboxEvent[] }) => void
}

/** The page that a checkout session sends its customer to: Stripe's own, with a card's form, and the bank's behind it. */
export class CheckoutDoor {
  constructor(private readonly parts: Parts) {}

  async answer(request: IncomingMessage): Promise<PageReply> {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox')
    const [, id, step] = /^\/c\/pay\/(cs_\w+)(\/authenticate)?$/.exec(pathname) ?? []
    if (!id) return NOT_FOUND
    if (request.method === 'GET' && !step) return this.withSession(id, (world, session) => shown(world, session))
    if (request.method !== 'POST') return NOT_FOUND
    const form = new URLSearchParams((await readBody(request, MOST_BODY_BYTES)) ?? '')
    return this.withSession(id, (world, session) => {
      if (session.status === 'complete') return { location: successUrl(session) }
      if (session.status !== 'open') return shown(world, session)
      return step
        ? authenticated(world, session, form.get('outcome') === 'complete')
        : cardGiven(world, session, typedCard(form))
    })
  }

  /** What a visit changes is written as one, and nobody else works on the session meanwhile. */
  private async withSession(id: string, visit: (world: World, session: Session) => PageReply): Promise<PageReply> {
    const { locks, lockLimitMs, newWorld, commit } = this.parts
    const release = await locks.take([id], lockLimitMs)
    if (!release) return { status: 503, html: wordsPage('One moment', 'This page is busy. Please try again.') }
    try {
      const world = newWorld()
      const found = world.find('checkout.session', id)
      if (!found) return NOT_FOUND
      for (const overdue of overdueSessions([found], world.now)) expireSession(world, overdue)
      const reply = visit(world, getSession(world, id))
      commit(world.entry)
      return reply
    } finally {
      release()
    }
  }
}

function shown(world: World, session: Session): PageReply {
  if (session.status === 'complete')
    return { status: 200, html: wordsPage('You’re all done here', 'Your card is saved. You can close this page.') }
  if (session.status === 'expired')
    return { status: 410, html: wordsPage('This page has expired', 'Go back to the shop, and begin again.') }
  const { status } = getSetupIntent(world, idOf(session.setup_intent) ?? '')
  if (status === 'requires_action') return { status: 200, html: authenticationPage(pathOf(session)) }
  return form(world, session)
}

function cardGiven(world: World, session: Session, typed: TypedCard): PageReply {
  const read = readCardForm(typed, world.now, knownEmail(world, session) === undefined)
  if (read === 'refused')
    return form(world, session, { typed: { ...typed, number: '' }, message: NOT_A_TEST_CARD.message })
  if (!read.ok) return form(world, session, { typed, fields: read.fields })
  const { card, expMonth, expYear, name } = read
  const email = read.email ?? knownEmail(world, session) ?? null
  const method = createPaymentMethod(world, card, { expMonth, expYear, name, email })
  if (card.refusal) return refused(world, session, method, card.refusal, typed)
  if (!card.authentication) return completed(world, session, method)
  awaitAuthentication(world, getSetupIntent(world, idOf(session.setup_intent) ?? ''), method)
  return { location: `${world.baseUrl}${pathOf(session)}` }
}

function authenticated(world: World, session: Session, isComplete: boolean): PageReply {
  const intent = getSetupIntent(world, idOf(session.setup_intent) ?? '')
  const method = idOf(intent.payment_method)
  if (intent.status !== 'requires_action' || !method) return { location: `${world.baseUrl}${pathOf(session)}` }
  const found = getPaymentMethod(world, method)
  return isComplete ? completed(world, session, found) : refused(world, session, found, AUTHENTICATION_FAILED)
}

function completed(world: World, session: Session, method: Stripe.PaymentMethod): PageReply {
  return { location: successUrl(completeSession(world, session, method)) }
}

function refused(
  world: World,
  session: Session,
  method: Stripe.PaymentMethod,
  refusal: Refusal,
  typed?: TypedCard,
): PageReply {
  failSetup(world, getSetupIntent(world, idOf(session.setup_intent) ?? ''), method, refusal)
  return form(world, session, { ...(typed ? { typed } : {}), message: refusal.message })
}

function form(
  world: World,
  session: Session,
  more: Pick<Parameters<typeof cardPage>[0], 'typed' | 'fields' | 'message'> = {},
): PageReply {
  const page = { path: pathOf(session), cancelUrl: session.cancel_url, email: knownEmail(world, session) }
  return {
    status: 200,
    html: cardPage({ ...page, ...more, ...(more.typed ? { typed: { ...more.typed, cvc: '' } } : {}) }),
  }
}

function knownEmail(world: World, session: Session): string | undefined {
  const customer = idOf(session.customer)
  return session.customer_email ?? (customer ? world.find('customer', customer)?.email : undefined) ?? undefined
}

function pathOf({ id }: Session): string {
  return `/c/pay/${id}`
}

function successUrl({ success_url: url, id }: Session): string {
  if (!url) throw new ApiError(500, { type: 'api_error', message: 'A session has no success_url.' })
  return url.replaceAll('{CHECKOUT_SESSION_ID}', id)
}
