export const dynamic = 'force-dynamic'

/** Whether the app runs at all; it asks nobody else. Who does not answer here is to be started again. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
