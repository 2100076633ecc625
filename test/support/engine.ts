import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Inngest, type InngestFunction } from 'inngest'
import { serve } from 'inngest/edge'
import pino from 'pino'
import { createApi } from '@/engine/api/server'
import { hashedKey } from '@/engine/execution/signature'
import { type OutgoingCall, type Transport, TransportError } from '@/engine/execution/transport'
import { type Engine, type EngineOptions, startEngine } from '@/engine/index'
import type { HttpAnswer } from '@/engine/model/answer'
import { type Connect, connectReaders, realConnections } from '@/engine/store/connect'

export const SIGNING_KEY = `signkey-test-${'5e'.repeat(32)}`
export const EVENT_KEY = 'test-event-key'
const APP_URL = 'http://app.test/api/inngest'

/** An engine of its own opens eight at its start; a test's has little to read, and a connection takes 10 ms or more. */
const fewReaders: Connect = { ...realConnections, readers: (url) => connectReaders(url, 2) }

/** What a test puts in the way of a call: another answer, a TransportError, or undefined to let it through. */
export type Fault = (call: OutgoingCall) => HttpAnswer | Promise<HttpAnswer | undefined> | undefined

export type Functions = (inngest: Inngest) => InngestFunction.Any[]

export type TestEngineOptions = Partial<EngineOptions> & {
  databaseUrl: string
  functions?: Functions
  mode?: 'local' | 'live'
  /** How long a sender waits for its events to be on disk. */
  storeLimitMs?: number
  signingKeyFallback?: string
}

/** The keys that an app has. */
export type AppKeys = { signingKey: string; signingKeyFallback?: string }

export type RunView = { run_id: string; status: string; output?: unknown; ended_at: string | null }

/** A real engine with its HTTP doors open, and an app of the real SDK that it calls without a socket in between. */
export class TestEngine {
  fault: Fault = () => undefined
  /** Hears every answer of the app. */
  heard: (answer: HttpAnswer) => void = () => {}
  /** Bodies of the calls that reached the app, in order. */
  readonly calls: {
    stepId: string
    body: { ctx: { attempt: number; run_id: string; use_api: boolean }; steps: object }
  }[] = []
  private readonly underWay = new Set<Promise<unknown>>()
  private handler: ((request: Request) => Promise<Response>) | undefined

  private constructor(
    readonly engine: Engine,
    readonly url: string,
    private readonly closeApi: () => Promise<void>,
  ) {}

  static async start({
    functions,
    mode = 'local',
    storeLimitMs = 500,
    signingKeyFallback,
    ...options
  }: TestEngineOptions): Promise<TestEngine> {
    let self: TestEngine | undefined
    const transport: Transport = (call) =>
      self?.callApp(call) ?? Promise.reject(new TransportError('refused', 'no app yet'))
    const log = pino({ level: 'silent' })
    const engine = await startEngine({
      log,
      signingKey: SIGNING_KEY,
      transport,
      transportWaitMs: () => 1,
      random: () => 0,
      connect: fewReaders,
      ...options,
    })
    const keys = { eventKey: EVENT_KEY, signingKey: options.signingKey ?? SIGNING_KEY, signingKeyFallback }
    const server = createApi(engine, { mode, keys, hostNames: [], storeLimitMs })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    self = new TestEngine(engine, `http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    if (functions) await self.serve(functions)
    return self
  }

  /** Serves these functions from now on, and registers them. */
  async serve(functions: Functions, keys: AppKeys = { signingKey: SIGNING_KEY }): Promise<Response> {
    return this.serveBy(this.handlerOf(functions, keys))
  }

  /** Serves these functions from now on, without registering them. */
  serveSilently(functions: Functions): void {
    this.handler = this.handlerOf(functions, { signingKey: SIGNING_KEY })
  }

  private handlerOf(functions: Functions, keys: AppKeys): (request: Request) => Promise<Response> {
    const inngest = new Inngest({
      id: 'app',
      baseUrl: this.url,
      eventKey: EVENT_KEY,
      ...keys,
      isDev: false,
      logger: quiet,
    })
    return serve({ client: inngest, functions: functions(inngest) })
  }

  /** As `serve`, for an app that brings its own handler. */
  async serveBy(handler: (request: Request) => Promise<Response>): Promise<Response> {
    this.handler = handler
    return handler(new Request(APP_URL, { method: 'PUT', headers: { host: 'app.test' } }))
  }

  async send(
    ...events: { name: string; data?: Record<string, unknown>; id?: string; ts?: number }[]
  ): Promise<string[]> {
    const response = await this.fetch(`/e/${EVENT_KEY}`, { method: 'POST', body: JSON.stringify(events) })
    const { ids, error } = (await response.json()) as { ids: string[]; error?: string }
    if (error) throw new Error(error)
    return ids
  }

  async runsOf(eventId = ''): Promise<RunView[]> {
    const response = await this.fetch(`/v1/events/${eventId}/runs`)
    return ((await response.json()) as { data: RunView[] }).data
  }

  /** Moves time on, and waits until all that came due is done. Without a length: waits alone. */
  async move(
    by: string | number = 0,
    more: { crons?: 'latest' | 'all'; limitMs?: number } = {},
  ): Promise<{ settled: boolean; unsettled: string[] }> {
    const response = await this.fetch('/dev/clock', {
      method: 'POST',
      body: JSON.stringify({ by, limitMs: 20_000, ...more }),
    })
    return (await response.json()) as { settled: boolean; unsettled: string[] }
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${hashedKey(SIGNING_KEY)}`,
      'content-type': 'application/json',
      ...init.headers,
    }
    return fetch(this.url + path, { ...init, headers })
  }

  async stop(limitMs?: number): Promise<void> {
    await this.engine.stop(limitMs)
    await this.closeApi()
  }

  /** Resolves when the app has answered all calls, also those that the engine no longer waits for; or after a limit. */
  async allAnswered({ withinMs }: { withinMs: number }): Promise<void> {
    await Promise.race([Promise.allSettled(this.underWay), sleep(withinMs, undefined, { ref: false })])
  }

  private watched<T>(call: Promise<T>): Promise<T> {
    this.underWay.add(call)
    return call.finally(() => this.underWay.delete(call))
  }

  private async callApp(call: OutgoingCall): Promise<HttpAnswer> {
    const instead = await this.fault(call)
    if (instead) return instead
    if (!this.handler) throw new TransportError('refused', 'no app yet')
    const { url, method, headers, body } = call
    if (method === 'POST')
      this.calls.push({ stepId: new URL(url).searchParams.get('stepId') ?? '', body: JSON.parse(body ?? '{}') })
    const response = await this.watched(
      this.handler(new Request(url, { method, headers: { ...headers, host: 'app.test' }, body: body ?? null })),
    )
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
    this.heard(answer)
    return answer
  }
}

// The SDK logs what functions throw, which tests do on purpose.
const quiet = { info() {}, warn() {}, error() {}, debug() {} }

/** A gate that a step can wait at until the test opens it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
