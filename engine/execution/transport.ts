import { Agent, DecoratorHandler, type Dispatcher, interceptors, request } from 'undici'
import type { HttpAnswer } from '../model/answer'

/**
 * `refused`: nothing was there to take the call. `withheld`: it was not to go any more. `reset`: it was taken, and no
 * answer came. `too-large`: one came that can't be held.
 */
export class TransportError extends Error {
  override name = 'TransportError'
  constructor(
    readonly kind: 'refused' | 'withheld' | 'reset' | 'too-large',
    reason: string,
  ) {
    super(reason)
  }
}

export type OutgoingCall = {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
  followsRedirects?: true
  /** Asked in the last moment, when the connection is there and nothing has been written. */
  mayGo?: () => boolean
}

/**
 * Makes one HTTP call and reads the whole answer.
 * @throws TransportError when there is none.
 */
export type Transport = (call: OutgoingCall, signal?: AbortSignal) => Promise<HttpAnswer>

/** A call may take this long; real time. Node's own fetch would give up after five minutes without headers. */
const LONGEST_CALL_MS = 2 * 3_600_000

/** Inngest lets a run's whole state have as much. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024

const refusals = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * The transport over real sockets, kept open between calls.
 * @param longestCallMs real milliseconds in which an app must begin to answer, and to go on with what it has begun.
 */
export function httpTransport(longestCallMs = LONGEST_CALL_MS): { transport: Transport; close: () => Promise<void> } {
  const agent = new Agent({
    headersTimeout: longestCallMs,
    bodyTimeout: longestCallMs,
    connectTimeout: 5_000,
    pipelining: 1,
    maxResponseSize: MOST_ANSWER_BYTES,
  })
  const following = agent.compose(interceptors.redirect({ maxRedirections: 10 }))
  const transport: Transport = async ({ url, method, headers, body, followsRedirects, mayGo }, signal) => {
    const plain = followsRedirects ? following : agent
    const dispatcher = mayGo ? plain.compose(lastLook(mayGo)) : plain
    try {
      const answer = await request(url, { dispatcher, method: method as 'POST', headers, body, signal })
      return { status: answer.statusCode, headers: singleValues(answer.headers), body: await answer.body.text() }
    } catch (error) {
      throw transportErrorOf(error)
    }
  }
  return { transport, close: () => agent.destroy() }
}

/**
 * Between the caller's own look and the write lie a turn of the loop, or a connection that has to be made: a process that
 * is stopped in there for long would send, when it goes on, what another engine has done by then. It costs 5 µs a call.
 */
function lastLook(mayGo: () => boolean): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, new LastLook(handler, mayGo))
}

/** Its own type names none of the methods that it has. */
interface Decorated {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void
}
const Decorator = DecoratorHandler as new (handler: Dispatcher.DispatchHandler) => Decorated

class LastLook extends Decorator {
  constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly mayGo: () => boolean,
  ) {
    super(handler)
  }

  override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    super.onRequestStart(controller, context)
    if (!this.mayGo()) controller.abort(new TransportError('withheld', 'the call was not to go any more'))
  }
}

function transportErrorOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new TransportError('too-large', `The answer is larger than ${MOST_ANSWER_BYTES} bytes`)
  return new TransportError(refusals.has(code) ? 'refused' : 'reset', message || code)
}

function singleValues(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    single[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return single
}
