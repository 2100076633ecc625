import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { readBody } from '../sandbox/door'
import type { Faults } from '../sandbox/faults'
import type { ApiReply } from './api'
import { invalidRequest } from './api-error'
import { type Fault, fault } from './faults'
import { makePastPayment, pastPayments } from './past-payments'
import type { Entry, Store } from './store'
import type { World } from './world'

const MOST_BODY_BYTES = 1024 * 1024

type Inside = {
  store: Store
  faults: Faults<Fault>
  /** What sees and changes all that there is, at an instant in seconds, and tells nobody. */
  worldAt: (now: number) => World
  commit: (entry: Entry) => void
}

/** What the real Stripe has not: looking in from outside, payments of earlier times, and asking for faults. @throws ApiError */
export async function control(
  request: IncomingMessage,
  { store, faults, ...past }: Inside,
): Promise<ApiReply | undefined> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
  const door = `${request.method} ${pathname}`
  if (door === 'GET /sandbox/payments') return { status: 200, body: paymentsIn(store, searchParams) }
  if (door === 'POST /sandbox/payments') return { status: 200, body: takePast(await jsonOf(request), past) }
  if (door === 'GET /sandbox/webhooks') return { status: 200, body: { waiting: store.undelivered() } }
  if (door !== 'POST /sandbox/faults') return undefined
  const asked = fault.safeParse(await jsonOf(request))
  if (!asked.success) throw invalidRequest(z.prettifyError(asked.error))
  if (asked.data.kind === 'none') faults.clear()
  else faults.add(asked.data)
  return { status: 200, body: { ok: true } }
}

/** Payments of earlier times; all of them, or none. @throws ApiError */
function takePast(body: unknown, { worldAt, commit }: Pick<Inside, 'worldAt' | 'commit'>) {
  const asked = pastPayments.safeParse(body)
  if (!asked.success) throw invalidRequest(z.prettifyError(asked.error))
  const all = asked.data.payments.map((payment) => makePastPayment(payment, worldAt))
  commit({ put: all.flatMap(({ world }) => world.entry.put ?? []) })
  return { payments: all.map(({ made }) => made) }
}

/** Every intent, newest first, with each attempt to take the money, and what was given back. */
function paymentsIn(store: Store, search: URLSearchParams) {
  const limit = Number(search.get('limit')) || 200
  const intents = store.list('payment_intent').slice(0, limit)
  const [charges, refunds] = [groupByIntent(store.list('charge')), groupByIntent(store.list('refund'))]
  const payments = intents.map((intent) => ({
    payment_intent: intent,
    charges: charges.get(intent.id) ?? [],
    refunds: refunds.get(intent.id) ?? [],
  }))
  return { payments }
}

function groupByIntent<T extends { payment_intent: unknown }>(all: T[]): Map<unknown, T[]> {
  const groups = new Map<unknown, T[]>()
  for (const one of all) groups.set(one.payment_intent, [...(groups.get(one.payment_intent) ?? []), one])
  return groups
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, MOST_BODY_BYTES)
  try {
    return JSON.parse(body ?? '')
  } catch {
    throw invalidRequest('The body is not valid JSON.')
  }
}
