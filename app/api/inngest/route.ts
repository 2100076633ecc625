import { serve } from 'inngest/next'
import type { NextRequest } from 'next/server'
import { problem } from '@/app/api/problem'
import { functions } from '@/inngest'
import { inngest } from '@/inngest/client'
import { DATABASE_AWAY_HEADER } from '@/inngest/middleware/database-away'
import { noteSync } from '@/inngest/sync'

/** Seconds that a host with a limit should allow; a call that checkpoints hands over long before. */
export const maxDuration = 300
export const dynamic = 'force-dynamic'

const PATH = '/api/inngest'

/**
 * Where the server calls us: never what a request's Host header says, or a stranger's sync would send every call to the
 * stranger. `up` sets the first; in live mode the second is always there.
 */
const serveOrigin = process.env.INNGEST_SERVE_ORIGIN || process.env.APP_URL
const doors = serve({ client: inngest, functions, servePath: PATH, ...(serveOrigin ? { serveOrigin } : {}) })

/** A call carries a run's memo up to 4 MB, and its events; more is no call. */
const MOST_BYTES = 16 * 1024 * 1024

export const GET = doors.GET

/** A sync. What a stranger adds to the address would be registered with it, and called; so it is left out. */
export async function PUT(request: NextRequest, context: unknown): Promise<Response> {
  const plain = new Request(new URL(request.url).origin + PATH, request)
  const answer = await guarded(request, () => doors.PUT(plain as NextRequest, context as never))
  if (answer.ok) noteSync()
  return answer
}

/**
 * One call of a function. Where our own database was away, the answer is a bare 503 without the SDK's headers: our
 * engine waits and calls again without using up an attempt. Steps that were saved on the way stay saved.
 */
export async function POST(request: NextRequest, context: unknown): Promise<Response> {
  const answer = await guarded(request, () => doors.POST(request, context as never))
  if (!answer.headers.has(DATABASE_AWAY_HEADER)) return answer
  return new Response('The database is away.', { status: 503, headers: { 'retry-after': '5' } })
}

/** The SDK throws on a body that isn't JSON; a stranger's nonsense is no fault of ours. */
async function guarded(request: NextRequest, serveIt: () => Promise<Response>): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES)
    return problem({ status: 413, title: 'The body is too large.' })
  try {
    return await serveIt()
  } catch (error) {
    if (error instanceof SyntaxError) return problem({ status: 400, title: 'The body should be JSON.' })
    throw error
  }
}
