import { admitActor } from '@/app/api/admit-actor'
import { bareDoor } from '@/app/api/door'
import { problem } from '@/app/api/problem'
import { exportReport } from '@/lib/reports/export-report'

export const dynamic = 'force-dynamic'

/** The figures of a report as CSV. */
export const GET = bareDoor(async ({ headers, url }) => {
  const actor = await admitActor(headers)
  const found = await exportReport(actor, url.pathname.split('/').at(-2) ?? '')
  if (!found) return problem({ status: 404, title: 'There is no such report.' })
  return new Response(found.csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${found.fileName}"`,
      'cache-control': 'no-store',
    },
  })
})
