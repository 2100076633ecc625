import { Readable } from 'node:stream'
import { admitActor } from '@/app/api/admit-actor'
import { bareDoor } from '@/app/api/door'
import { exportOrders } from '@/lib/orders/export-orders'
import { orderFilter } from '@/lib/orders/list-orders'

export const dynamic = 'force-dynamic'

/** The orders of the shop that the list shows under the same address, as CSV. */
export const GET = bareDoor(async ({ headers, url }) => {
  const actor = await admitActor(headers)
  const lines = exportOrders(actor, orderFilter.parse(Object.fromEntries(url.searchParams)))
  return new Response(Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="orders.csv"',
      'cache-control': 'no-store',
    },
  })
})
