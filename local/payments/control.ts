import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { readBody } from '../sandbox/door'
import type { Faults } from '../sandbox/faults'
import type { ApiReply } from './api'
import { invalidRequest } from './api-error'
import { type Fault, fault } from './faults'
import type { Store } from './store'

const MOST_BODY_BYTES = 64 * 1024

/** What the real Stripe has not: looking in from outside, and asking for faults. @throws ApiError */
export async function control(
  request: IncomingMessage,
  { store, faults }: { store: Store; faults: Faults<Fault> },
): Promise<ApiReply | undefined> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
  const door = `${request.method} ${pathname}`
  if (door === 'GET /sandbox/payments') return { status: 200, body: paymentsIn(store, searchParams) }
  if (door === 'GET /sandbox/webhooks') return { status: 200, body: { waiting: store.undelivered() } }
  if (door !== 'POST /sandbox/faults') return undefined
  const asked = fault.safeParse(await jsonOf(request))
  if (!asked.success) throw invalidRequest(z.prettifyError(asked.error))
  if (asked.data.kind === 'none') faults.clear()
  else faults.add(asked.data)
  return { status: 200, body: { ok: true } }
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
