import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { isForeign, openDoor } from '../sandbox/door'
import { Faults } from '../sandbox/faults'
import { Api, type ApiReply } from './api'
import { ApiError, serverFailure } from './api-error'
import { CheckoutDoor, type PageReply } from './checkout-door'
import { homePage } from './checkout-page'
import { expireSession, overdueSessions } from './checkout-sessions'
import { control } from './control'
import { type Fault, fits } from './faults'
import { Idempotency } from './idempotency'
import { Locks } from './locks'
import { type Entry, type SandboxEvent, Store } from './store'
import { type Endpoint, Webhooks } from './webhooks'
import { API_VERSION, World, type WorldOptions } from './world'

export type PaymentSandboxOptions = {
  /** 0 for any free port. */
  port: number
  /** Where its journal is kept. */
  dir: string
  /** Who is told of what happens; nobody where none is given. */
  endpoint?: Endpoint | undefined
  /** Real time in milliseconds; a provider's clock never moves. */
  now?: () => number
  /** How long after a failed delivery the next one is tried, by how many have failed; milliseconds. */
  webhookWaitMs?: (failures: number) => number
  /** How long a request waits for others at work on the same thing; milliseconds. */
  lockLimitMs?: number
}

export type PaymentSandbox = { url: string; stop: () => Promise<void> }

const LOCK_LIMIT_MS = 5_000
const EXPIRY_LOOK_MS = 1_000
const NO_REQUEST = { id: null, idempotency_key: null }

/**
 * Stands in for Stripe on one machine: the official SDK talks to it as to the real one, customers type test cards on its
 * page, and it tells an endpoint what happens. It keeps what it was told, and can be asked to fail.
 */
export async function startPaymentSandbox(options: PaymentSandboxOptions): Promise<PaymentSandbox> {
  const sandbox = new Sandbox(options)
  const door = await openDoor(options.port, (request, response) => void sandbox.serve(request, response))
  sandbox.start(door.url)
  return {
    url: door.url,
    stop: async () => {
      sandbox.stop()
      await door.close()
      await sandbox.close()
    },
  }
}

class Sandbox {
  private readonly store: Store
  private readonly faults = new Faults<Fault>()
  private readonly locks = new Locks()
  private readonly stopping = new AbortController()
  private readonly webhooks: Webhooks | undefined
  private readonly api: Api
  private readonly checkout: CheckoutDoor
  private readonly now: () => number
  private looking: NodeJS.Timeout | undefined
  private baseUrl = ''

  constructor({ dir, endpoint, now = Date.now, webhookWaitMs, lockLimitMs = LOCK_LIMIT_MS }: PaymentSandboxOptions) {
    const { faults, locks } = this
    this.now = now
    const store = new Store(join(dir, 'payments.jsonl'), now)
    this.store = store
    const settled = ({ id }: SandboxEvent) => store.commit({ delivered: id })
    const waitMs = webhookWaitMs ? { waitMs: webhookWaitMs } : {}
    this.webhooks = endpoint ? new Webhooks({ endpoint, faults, now, settled, ...waitMs }) : undefined
    const commit = (entry: Entry & { events: SandboxEvent[] }) => this.commit(entry)
    const newWorld = (request: WorldOptions['request']) => this.newWorld(request)
    const idempotency = new Idempotency(store)
    const stopping = this.stopping.signal
    this.api = new Api({ faults, idempotency, locks, lockLimitMs, stopping, nowMs: now, newWorld, commit })
    this.checkout = new CheckoutDoor({ locks, lockLimitMs, newWorld: () => newWorld(NO_REQUEST), commit })
  }

  /** What was not delivered before, is now. */
  start(url: string): void {
    this.baseUrl = url
    this.webhooks?.accept(this.store.undelivered())
    this.looking = setInterval(() => this.expireOverdue(), EXPIRY_LOOK_MS)
  }

  stop(): void {
    clearInterval(this.looking)
    this.stopping.abort()
    this.webhooks?.stop()
  }

  close(): Promise<void> {
    return this.store.close()
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = newId('req_')
    const reply = await this.answer(request, requestId).catch(errorReply)
    if (this.stopping.signal.aborted) return void request.socket.destroy()
    await this.store.synced()
    if (!reply) return void request.socket.destroy()
    if ('location' in reply || 'html' in reply) return sendPage(response, reply)
    const key = request.headers['idempotency-key']
    const headers = {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': API_VERSION,
      ...(key ? { 'idempotency-key': key } : {}),
      ...reply.headers,
    }
    response.writeHead(reply.status, headers).end(JSON.stringify(reply.body))
  }

  /** Undefined: the work is done and the answer is lost. */
  private async answer(request: IncomingMessage, requestId: string): Promise<ApiReply | PageReply | undefined> {
    const isPage = request.url?.startsWith('/c/') ?? false
    if (isForeign(request, { ownPages: isPage }))
      throw new ApiError(403, {
        type: 'invalid_request_error',
        message: 'The sandbox answers to programs on this machine only.',
      })
    if (isPage) return this.checkout.answer(request)
    if (request.method === 'GET' && request.url === '/') return { status: 200, html: homePage() }
    return (await control(request, this.inside())) ?? this.api.answer(request, requestId)
  }

  private inside(): Parameters<typeof control>[1] {
    const { store, faults } = this
    const worldAt = (now: number) => this.newWorld(NO_REQUEST, { now, hasEndpoint: false })
    return { store, faults, worldAt, commit: (entry) => store.commit(entry) }
  }

  private commit(entry: Entry & { events: SandboxEvent[] }): void {
    const { put = [], events, key } = entry
    if (put.length === 0 && events.length === 0 && !key) return
    this.store.commit(entry)
    this.webhooks?.accept(events)
  }

  private newWorld(
    request: WorldOptions['request'],
    change: Partial<Pick<WorldOptions, 'now' | 'hasEndpoint'>> = {},
  ): World {
    const { store, baseUrl, faults, webhooks } = this
    return new World({
      store,
      now: Math.floor(this.now() / 1_000),
      newId,
      baseUrl,
      request,
      hasEndpoint: webhooks !== undefined,
      takeDecline: () => {
        const { code, declineCode } = faults.take(fits('decline'))?.fault ?? {}
        return code ? { code, declineCode: declineCode ?? code, message: 'Your card was declined.' } : undefined
      },
      ...change,
    })
  }

  private expireOverdue(): void {
    const world = this.newWorld(NO_REQUEST)
    for (const session of overdueSessions(world.list('checkout.session'), world.now)) expireSession(world, session)
    this.commit(world.entry)
  }
}

function errorReply(error: unknown): ApiReply {
  const isOwn = error instanceof ApiError
  const isStopping = error instanceof Error && error.name === 'AbortError'
  if (!isOwn && !isStopping) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  const { status, body, headers } = isOwn ? error : serverFailure(500)
  return { status, body, headers }
}

function sendPage(response: ServerResponse, reply: PageReply): void {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
  if ('location' in reply) response.writeHead(303, { ...headers, location: reply.location }).end()
  else response.writeHead(reply.status, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(reply.html)
}

/** In Stripe's form: what it is, and letters and digits by chance. */
function newId(prefix: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const random = Array.from(randomBytes(24), (byte) => alphabet[byte % alphabet.length])
  return prefix + random.join('')
}
