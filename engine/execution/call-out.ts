import type { Answer, HttpAnswer } from '../model/answer'
import type { Op } from '../model/opcode'
import type { Step } from '../model/run'
import type { OutgoingRequest } from './outgoing'
import { type Transport, TransportError } from './transport'

type Outcome = { op: Pick<Op, 'op'> & Partial<Op>; noRetry?: boolean; retryAfter?: string | undefined }

/** The Response of the web knows no body at these. */
const bodiless = new Set([204, 205, 304])

/** A model's provider may answer another time what it refuses now, unless it says that the request is wrong. */
const passing = new Set([408, 409, 425, 429])

/**
 * Makes the call that a step asks for. An address that can't be reached is the step's own failure, with its own
 * attempts.
 */
export async function callOut(step: Step, transport: Transport): Promise<Answer> {
  const request: OutgoingRequest = JSON.parse(step.input ?? 'null')
  const { op, noRetry = false, retryAfter } = await outcomeOf(step, request, transport)
  return { kind: 'ops', noRetry, retryAfter, ops: [{ id: step.id, displayName: step.name, data: null, ...op }] }
}

async function outcomeOf(step: Step, request: OutgoingRequest, transport: Transport): Promise<Outcome> {
  try {
    const answer = await transport({ ...request, followsRedirects: true })
    return step.op === 'AIGateway' ? inferred(answer, request) : fetched(answer, request)
  } catch (error) {
    if (!(error instanceof TransportError) || error.kind === 'withheld') throw error
    return failure('FetchError', `The request to ${shown(request)} failed: ${error.message}`)
  }
}

/** Whatever its status, an answer is what the function gets. */
function fetched({ status, headers, body }: HttpAnswer, { url }: OutgoingRequest): Outcome {
  const data = { url, headers, body: bodiless.has(status) ? null : body, status_code: status }
  return { op: { op: 'StepRun', data } }
}

/** The function gets the provider's JSON, and an error for anything else. */
function inferred({ status, headers, body }: HttpAnswer, request: OutgoingRequest): Outcome {
  if (status < 200 || status > 299) {
    const error = failure('AIGatewayError', `${shown(request)} answered ${status}: ${body.slice(0, 2_000)}`)
    const isFinal = status >= 400 && status < 500 && !passing.has(status)
    return { ...error, noRetry: isFinal, retryAfter: headers['retry-after'] }
  }
  try {
    return { op: { op: 'StepRun', data: JSON.parse(body) } }
  } catch {
    return failure('AIGatewayError', `${shown(request)} answered ${status} with something that isn't JSON`)
  }
}

function failure(name: string, message: string): Outcome {
  return { op: { op: 'StepError', error: { name, message } } }
}

/** Without its query, which may hold a key. */
function shown({ url }: OutgoingRequest): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
