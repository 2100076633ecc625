import { serve } from 'inngest/next'
import type { NextRequest } from 'next/server'
import { functions } from '@/inngest'
import { inngest } from '@/inngest/client'
import { DATABASE_AWAY_HEADER } from '@/inngest/middleware/database-away'

/** Seconds that a host with a limit should allow; a call that checkpoints hands over long before. */
export const maxDuration = 300
export const dynamic = 'force-dynamic'

const doors = serve({ client: inngest, functions })

export const GET = doors.GET
export const PUT = doors.PUT

/**
 * One call of a function. Where our own database was away, the answer is a bare 503 without the SDK's headers: our
 * engine waits and calls again without using up an attempt. Steps that were saved on the way stay saved.
 */
export async function POST(request: NextRequest, context: unknown): Promise<Response> {
  const answer: Response = await doors.POST(request, context as never)
  if (!answer.headers.has(DATABASE_AWAY_HEADER)) return answer
  return new Response('The database is away.', { status: 503, headers: { 'retry-after': '5' } })
}
