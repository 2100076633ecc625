import { isDatabaseReachable } from '@/lib/db/is-reachable'

export const dynamic = 'force-dynamic'

/** Whether the app can work: it runs, and its database answers. */
export async function GET(): Promise<Response> {
  const database = await isDatabaseReachable()
  const body = { status: database ? 'ok' : 'unavailable', database: database ? 'ok' : 'unreachable' }
  return Response.json(body, { status: database ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
