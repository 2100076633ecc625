import { Agent, type Dispatcher, interceptors } from 'undici'
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
export type Transport = (call: OutgoingCall) => Promise<HttpAnswer>

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
  const transport: Transport = ({ followsRedirects, ...call }) =>
    wholeAnswer(followsRedirects ? following : agent, call)
  return { transport, close: () => agent.destroy() }
}

function wholeAnswer(
  dispatcher: Dispatcher,
  { url, method, headers, body, mayGo }: Omit<OutgoingCall, 'followsRedirects'>,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    try {
      const { origin, pathname, search } = new URL(url)
      const call = { origin, path: pathname + search, method: method as 'POST', headers, body }
      dispatcher.dispatch(call, new AnswerReader(resolve, reject, mayGo))
    } catch (error) {
      reject(transportErrorOf(error))
    }
  })
}

/**
 * Puts an answer together as its parts come in. By undici's `request`, which makes a stream of it for whoever reads it, a
 * call took 0.06 ms more.
 */
class AnswerReader implements Dispatcher.DispatchHandler {
  private status = 0
  private headers: Headers = {}
  private readonly chunks: Buffer[] = []

  constructor(
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: TransportError) => void,
    private readonly mayGo: (() => boolean) | undefined,
  ) {}

  /**
   * Between the caller's own look and the write lie a turn of the loop, or a connection that has to be made: a process that
   * is stopped in there for long would send, when it goes on, what another engine has done by then.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.mayGo?.() === false) controller.abort(new TransportError('withheld', 'the call was not to go any more'))
  }

  onResponseStart(_: unknown, status: number, headers: Headers): void {
    this.status = status
    this.headers = headers
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.resolve({ status: this.status, headers: singleValues(this.headers), body: textOf(this.chunks) })
  }

  onResponseError(_: unknown, error: Error): void {
    this.reject(transportErrorOf(error))
  }
}

type Headers = Record<string, string | string[] | undefined>

/** Without the mark that may stand before a text, which is no part of it. */
function textOf(chunks: Buffer[]): string {
  const [first] = chunks
  const text = (first && chunks.length === 1 ? first : Buffer.concat(chunks)).toString()
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function transportErrorOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new TransportError('too-large', `The answer is larger than ${MOST_ANSWER_BYTES} bytes`)
  return new TransportError(refusals.has(code) ? 'refused' : 'reset', message || code)
}

function singleValues(headers: Headers): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    single[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return single
}
