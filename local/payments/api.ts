import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBody } from '../sandbox/door'
import type { Faults } from '../sandbox/faults'
import { ApiError, invalidRequest, lockTimeout, rateLimited, serverFailure } from './api-error'
import { charges } from './charges'
import { checkoutSessions } from './checkout-sessions'
import { customers } from './customers'
import { expanded } from './expand'
import { type Fault, type FaultOf, fits } from './faults'
import { decodeForm, type Params } from './form'
import { fingerprintOf, type Idempotency, type KeyedRequest } from './idempotency'
import type { Locks } from './locks'
import { type Begun, findOperation, type Outcome } from './operation'
import { paymentIntents } from './payment-intents'
import { paymentMethods } from './payment-methods'
import { refunds } from './refunds'
import { setupIntents } from './setup-intents'
import type { Entry, SandboxEvent } from './store'
import { API_VERSION, type World } from './world'

const OPERATIONS = [
  ...customers,
  ...paymentMethods,
  ...checkoutSessions,
  ...setupIntents,
  ...paymentIntents,
  ...charges,
  ...refunds,
]
const MOST_BODY_BYTES = 1024 * 1024

export type ApiReply = { status: number; body: unknown; headers?: Record<string, string> }

type Parts = {
  faults: Faults<Fault>
  idempotency: Idempotency
  locks: Locks
  /** How long a request waits for others that work on the same thing; milliseconds. */
  lockLimitMs: number
  stopping: AbortSignal
  nowMs: () => number
  newWorld: (request: { id: string; idempotency_key: string | null }) => World
  commit: (entry: Entry & { events: SandboxEvent[] }) => void
}

/** Stripe's API, as far as the sandbox has it: https://docs.stripe.com/api. */
export class Api {
  constructor(private readonly parts: Parts) {}

  /**
   * @returns undefined where the work is done and the answer is lost.
   * @throws ApiError where nothing was begun.
   */
  async answer(request: IncomingMessage, requestId: string): Promise<ApiReply | undefined> {
    checkCredentials(request)
    const { pathname, search } = new URL(request.url ?? '/', 'http://sandbox')
    const { faults, idempotency } = this.parts
    const found = findOperation(OPERATIONS, request.method, pathname)
    if (!found) throw unrecognized(request.method, pathname)
    const { name } = found.operation
    const limited = faults.take(fits('rate-limit', name))
    if (limited) throw rateLimited(limited.fault.retryAfterSeconds)
    const raw = decodeForm(request.method === 'POST' ? await bodyOf(request) : search)
    const keyed = keyedRequest(request, pathname, raw)
    const known = keyed && idempotency.find(keyed)
    const reply = known
      ? {
          status: known.status,
          body: known.body,
          headers: { 'idempotent-replayed': 'true', 'original-request': known.requestId },
        }
      : await idempotency.during(keyed?.key, () =>
          this.perform(found.operation.begin(found.id, raw), name, requestId, keyed),
        )
    return faults.take(fits('lose-answer', name)) ? undefined : reply
  }

  private async perform(
    begun: Begun,
    name: string,
    requestId: string,
    keyed: KeyedRequest | undefined,
  ): Promise<ApiReply> {
    const { faults, locks, lockLimitMs, stopping } = this.parts
    const release = await locks.take(begun.locks, lockLimitMs)
    if (!release) throw lockTimeout()
    try {
      const slow = faults.take(fits('slow', name))
      if (slow) await sleep(slow.fault.delayMs, undefined, { signal: stopping })
      const failure = faults.take(fits('server-error', name))?.fault
      return this.performOnce(begun, requestId, keyed, failure)
    } finally {
      release()
    }
  }

  /** The work, its events and the answer that the key stands for are written as one. */
  private performOnce(
    begun: Begun,
    requestId: string,
    keyed: KeyedRequest | undefined,
    failure: FaultOf<'server-error'> | undefined,
  ): ApiReply {
    const world = this.parts.newWorld({ id: requestId, idempotency_key: keyed?.key ?? null })
    const isDone = !failure || failure.afterWork
    const { outcome, entry } = isDone ? attempt(begun, world) : { outcome: undefined, entry: { events: [] } }
    const reply = failure || !outcome ? replyOf({ refusal: serverFailure(failure?.status ?? 500) }) : replyOf(outcome)
    const { status, body } = reply
    const key = keyed ? { key: { ...keyed, requestId, status, body, at: this.parts.nowMs() } } : {}
    this.parts.commit({ ...entry, ...key })
    return reply
  }
}

/** What is thrown has done nothing; what is refused by its outcome has. */
function attempt(begun: Begun, world: World): { outcome: Outcome; entry: Entry & { events: SandboxEvent[] } } {
  try {
    const outcome = begun.run(world)
    const shown = 'body' in outcome ? { body: expanded(outcome.body, begun.expand, world) } : outcome
    return { outcome: shown, entry: world.entry }
  } catch (error) {
    if (error instanceof ApiError) return { outcome: { refusal: error }, entry: { events: [] } }
    throw error
  }
}

function replyOf(outcome: Outcome): ApiReply {
  if ('body' in outcome) return { status: 200, body: outcome.body }
  const { status, body, headers } = outcome.refusal
  return { status, body, headers }
}

function checkCredentials({ headers }: IncomingMessage): void {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ')
  const key = scheme === 'Basic' ? Buffer.from(value, 'base64').toString('utf8').replace(/:.*$/s, '') : value
  const type = 'invalid_request_error'
  if (!key)
    throw new ApiError(401, {
      type,
      message:
        'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
    })
  if (!/^[sr]k_test_\w/.test(key))
    throw new ApiError(401, {
      type,
      message: 'Invalid API Key provided. The payment sandbox takes any that begins with sk_test_.',
    })
  const version = headers['stripe-version'] ?? API_VERSION
  if (version !== API_VERSION)
    throw invalidRequest(`Invalid Stripe API version: ${version}. The payment sandbox speaks ${API_VERSION}.`)
}

function unrecognized(method: string | undefined, path: string): ApiError {
  const message = `Unrecognized request URL (${method}: ${path}). The payment sandbox knows a part of Stripe's API.`
  return new ApiError(404, { type: 'invalid_request_error', message })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, MOST_BODY_BYTES)
  if (body === undefined) throw invalidRequest('The request body is too large.')
  return body
}

/** Keys are for what changes something. */
function keyedRequest({ method, headers }: IncomingMessage, path: string, raw: Params): KeyedRequest | undefined {
  const key = headers['idempotency-key']
  if (method !== 'POST' || typeof key !== 'string' || key === '') return undefined
  return { key, path, fingerprint: fingerprintOf(raw) }
}
