import { serve } from 'inngest/next'
import type { NextRequest } from 'next/server'
import { functions } from '@/inngest'
import { inngest } from '@/inngest/client'
import { isDatabaseReachable } from '@/lib/db/is-reachable'

/** Seconds that a host with a limit should allow; a call that checkpoints hands over long before. */
export const maxDuration = 300
export const dynamic = 'force-dynamic'

const doors = serve({ client: inngest, functions })

export const GET = doors.GET
export const PUT = doors.PUT

/**
 * One call of a function. Where it ended in an error because our own database is away, the answer is a bare 503: our
 * engine then waits and calls again without using up an attempt. Steps that were saved on the way stay saved.
 */
export async function POST(request: NextRequest, context: unknown): Promise<Response> {
  const answer: Response = await doors.POST(request, context as never)
  if (!tellsOfError(answer) || (await isDatabaseReachable())) return answer
  return new Response('The database is away.', { status: 503, headers: { 'retry-after': '5' } })
}

/** A step's error travels as 206, told by the header that says whether it may be tried again. */
function tellsOfError({ status, headers }: Response): boolean {
  return status >= 400 || headers.get('retry-after') !== null || headers.get('x-inngest-no-retry') !== null
}
