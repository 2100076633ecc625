import type { InngestFunction } from 'inngest'
import { serve } from 'inngest/next'
import type { NextRequest } from 'next/server'
import { problem } from '@/app/api/problem'
import { inngest } from '@/inngest/client'
import { DATABASE_AWAY_HEADER } from '@/inngest/middleware/database-away'
import { noteSync } from '@/inngest/sync'

const PATH = '/api/inngest'

/** A call carries a run's memo up to 4 MB, and its events; more is no call. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * The three doors of `/api/inngest`: GET tells what is there, PUT is a sync, POST a call of one of these functions.
 *
 * Where the server calls us is never what a request's Host header says, or a stranger's sync would send every call to the
 * stranger. `up` sets the first variable; in live mode the second is always there.
 */
export function serveFunctions(functions: readonly InngestFunction.Any[]) {
  const serveOrigin = process.env.INNGEST_SERVE_ORIGIN || process.env.APP_URL
  const served = serve({ client: inngest, functions, servePath: PATH, ...(serveOrigin ? { serveOrigin } : {}) })

  /** What a stranger adds to the address would be registered with it, and called; so it is left out. */
  async function PUT(request: NextRequest, context: unknown): Promise<Response> {
    const plain = new Request(new URL(request.url).origin + PATH, request)
    const answer = await guarded(request, () => served.PUT(plain as NextRequest, context as never))
    if (answer.ok) noteSync()
    return answer
  }

  /**
   * Where our own database was away, the answer is a bare 503 without the SDK's headers: our engine waits and calls again
   * without using up an attempt. Steps that were saved on the way stay saved.
   */
  async function POST(request: NextRequest, context: unknown): Promise<Response> {
    const answer = await guarded(request, () => served.POST(request, context as never))
    if (!answer.headers.has(DATABASE_AWAY_HEADER)) return answer
    return new Response('The database is away.', { status: 503, headers: { 'retry-after': '5' } })
  }

  return { GET: served.GET, POST, PUT }
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
