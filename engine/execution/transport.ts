import { Agent, interceptors, request } from 'undici'
import type { HttpAnswer } from '../model/answer'

/** `refused`: nothing was there to take the call. `reset`: it was taken, and no answer came. `too-large`: one came that can't be held. */
export class TransportError extends Error {
  override name = 'TransportError'
  constructor(
    readonly kind: 'refused' | 'reset' | 'too-large',
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
  const transport: Transport = async ({ url, method, headers, body, followsRedirects }, signal) => {
    const dispatcher = followsRedirects ? following : agent
    try {
      const answer = await request(url, { dispatcher, method: method as 'POST', headers, body, signal })
      return { status: answer.statusCode, headers: singleValues(answer.headers), body: await answer.body.text() }
    } catch (error) {
      throw transportErrorOf(error)
    }
  }
  return { transport, close: () => agent.destroy() }
}

function transportErrorOf(error: unknown): TransportError {
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
