import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { isDatabaseAway } from '@/lib/db/is-away'
import { log } from '@/lib/log'
import { drainOutbox } from '@/lib/outbox/relay'
import { isForeign } from '../origin'
import { problem, Refusal, wrongFields } from './problem'
import { readJsonBody } from './read-body'

export type Visit = {
  headers: Headers
  /** The address that the request came from, as the nearest proxy (or Next itself) saw it. */
  address: string
  url: URL
  /** Fires when the one who asked has gone. */
  signal: AbortSignal
}

/**
 * When the server is handed the events that a verb has published: before the answer goes out; beside it; or, with what is due
 * in many minutes, at the relay's own next look, which takes that of others with it. All of them go out in the end.
 */
type HandOn = 'before' | 'beside' | 'later'

/** So long an answer waits for the server. */
const DRAIN_LIMIT_MS = 2_000

/**
 * A JSON door: checks where the request comes from, parses its body by a schema, calls one verb, and lets no bad input
 * become a 500.
 * @param answerAfterMs an answer takes so long at least, where its time would tell what its words don't.
 */
export function door<Schema extends z.ZodType>(
  schema: Schema,
  verb: (form: z.infer<Schema>, visit: Visit) => Promise<Response>,
  {
    answerAfterMs = 0,
    // Waiting for the server takes as long as that likes, and would tell that there were events.
    handOn = answerAfterMs === 0 ? 'before' : 'beside',
  }: { answerAfterMs?: number; handOn?: HandOn } = {},
): (request: Request) => Promise<Response> {
  const answer = guarded(
    async (request, visit) => {
      const parsed = schema.safeParse(await readJsonBody(request))
      return parsed.success ? verb(parsed.data, visit) : wrongFields(fieldsOf(parsed.error))
    },
    { handOn },
  )
  if (answerAfterMs === 0) return answer
  return async (request) => (await Promise.all([answer(request), sleep(answerAfterMs)]))[0]
}

/** A door without a body. */
export function bareDoor(verb: (visit: Visit) => Promise<Response>): (request: Request) => Promise<Response> {
  return guarded((_, visit) => verb(visit))
}

/**
 * A door that other sites may lead to, and that knows its visitors by a signature or an unguessable address alone; it never
 * reads the session.
 */
export function openDoor(
  answer: (request: Request, visit: Visit) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return guarded(answer, { isOpen: true })
}

/** A door that takes the request's body as it comes, and sees to its limits itself. */
export function rawDoor(verb: (request: Request, visit: Visit) => Promise<Response>) {
  return guarded(verb)
}

/** A door that takes a body as it comes, of any length: the verb reads it, and says how much of it. */
export function bodyDoor(
  verb: (body: AsyncIterable<Uint8Array>, visit: Visit) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return guarded((request, visit) => verb(piecesOf(request), visit))
}

async function* piecesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) yield part.value
  } finally {
    // Of a body that is refused in the middle, the rest is not waited for.
    await reader?.cancel().catch(() => undefined)
  }
}

function guarded(
  answer: (request: Request, visit: Visit) => Promise<Response>,
  { handOn = 'before', isOpen = false }: { handOn?: HandOn; isOpen?: boolean } = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (!isOpen && isForeign(request.headers))
        throw new Refusal({ status: 403, title: 'Requests from other sites are not taken.' })
      const response = await answer(request, visitOf(request))
      if (handOn !== 'later') await drainOutbox({ withinMs: handOn === 'before' ? DRAIN_LIMIT_MS : 0 })
      return response
    } catch (error) {
      if (error instanceof Refusal) return problem(error.details, error.headers)
      if (isDatabaseAway(error))
        return problem({ status: 503, title: 'The shop is not open for a moment.', detail: 'Please try again soon.' })
      log.error({ err: error, url: request.url }, 'a request failed')
      return problem({
        status: 500,
        title: 'Something went wrong on our side.',
        detail: 'Please try again in a moment.',
      })
    }
  }
}

function visitOf({ headers, url, signal }: Request): Visit {
  return { headers, address: addressOf(headers), url: new URL(url), signal }
}

/** The first complaint about each field. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[path.join('.') || 'body'] ??= message
  return fields
}

function addressOf(headers: Headers): string {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) ? last : 'unknown'
}
