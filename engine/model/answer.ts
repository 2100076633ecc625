import { z } from 'zod'
import { type Op, opSchema } from './opcode'
import type { RunError } from './run'

/** What came back over the wire. Header names are lower case. */
export type HttpAnswer = { status: number; headers: Record<string, string | undefined>; body: string }

/** What an app's answer means for the run. */
export type Answer =
  | { kind: 'ops'; ops: Op[]; noRetry: boolean; retryAfter?: string; version?: number }
  | { kind: 'done'; data: unknown; version?: number }
  | { kind: 'error'; error: RunError; noRetry: boolean; retryAfter?: string; version?: number }
  /** Not the SDK's answer at all: the app is away, being replaced, or something stands before it. */
  | { kind: 'stranger'; reason: string; wasReset: boolean; isRefusal?: true }
  /** The SDK's answer, but it can't be used. */
  | { kind: 'unusable'; reason: string }

const envelope = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.unknown()).catch({}),
  body: z.string(),
})

const opList = z.array(opSchema)

const errorBody = z.looseObject({ name: z.string().optional(), message: z.string().optional() })

/** Reads an HTTP answer of the app; pure, and total: every answer means something. */
export function readAnswer(http: HttpAnswer): Answer {
  if (!http.headers['x-inngest-sdk']) {
    if (http.status === 401 && http.headers['x-inngest-sdk-handled']) return refused
    return {
      kind: 'stranger',
      reason: `Your server returned HTTP ${http.status} before the SDK responded`,
      wasReset: false,
    }
  }
  return http.status === 201 ? readStreamed(http) : readPlain(http)
}

/**
 * The SDK took the call for a forgery. Its app is as good as away until the keys fit: what waits for it must not be
 * lost to a mistake in an environment.
 */
const refused: Answer = {
  kind: 'stranger',
  reason: 'The app refuses the signature of the call: its signing key is another one, or its clock stands wrong',
  wasReset: false,
  isRefusal: true,
}

/** A streamed answer is a row of spaces, which keep the connection alive, and then the true answer in an envelope. */
function readStreamed(http: HttpAnswer): Answer {
  const parsed = envelope.safeParse(parseOr(http.body.trim(), null))
  if (!parsed.success)
    return { kind: 'stranger', reason: 'A streamed answer ended before its last part', wasReset: true }
  const headers = Object.entries(parsed.data.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return readPlain({ status: parsed.data.status, headers: Object.fromEntries(headers), body: parsed.data.body })
}

function readPlain({ status, headers, body }: HttpAnswer): Answer {
  const version = versionIn(headers['x-inngest-req-version'])
  const retryAfter = headers['retry-after']
  const noRetry = headers['x-inngest-no-retry'] === 'true'
  if (status === 206) return readOps(body, { noRetry, retryAfter, version })
  if (status === 200) return readDone(body, version)
  return { kind: 'error', error: readError(body, status), noRetry, retryAfter, version }
}

function versionIn(header: string | undefined): number | undefined {
  return header && /^[1-9]$/.test(header) ? Number(header) : undefined
}

/**
 * An answer that is no JSON was cut off on its way, where nothing says how long it is: the SDK sends nothing else. One
 * that never arrives whole fails its run in the end, as a connection does that is always dropped.
 */
const cutOff: Answer = { kind: 'stranger', reason: "The app's answer is not whole: it is no JSON", wasReset: true }

function readOps(body: string, rest: { noRetry: boolean; retryAfter?: string; version?: number }): Answer {
  const value = parseOr(body, undefined)
  if (value === undefined) return cutOff
  const ops = opList.safeParse(Array.isArray(value) ? value : [value])
  if (ops.success) return { kind: 'ops', ops: ops.data, ...rest }
  const issue = ops.error.issues[0]
  return {
    kind: 'unusable',
    reason: `The app's answer is not a list of ops: ${issue?.path.join('.')} ${issue?.message}`,
  }
}

function readDone(body: string, version: number | undefined): Answer {
  const data = parseOr(body, undefined)
  return data === undefined ? cutOff : { kind: 'done', data, version }
}

function readError(body: string, status: number): RunError {
  const parsed = errorBody.safeParse(parseOr(body, null))
  if (!parsed.success) return { name: 'Error', message: `invalid status code: ${status}` }
  const { name, message, stack, cause } = parsed.data
  return {
    name: name ?? 'Error',
    message: message ?? `invalid status code: ${status}`,
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
}

function parseOr<T>(text: string, otherwise: T): unknown | T {
  try {
    return JSON.parse(text)
  } catch {
    return otherwise
  }
}
