import { Readable } from 'node:stream'
import { admitActor } from '@/app/api/admit-actor'
import { bareDoor } from '@/app/api/door'
import { problem } from '@/app/api/problem'
import { exportRejects } from '@/lib/imports/export-rejects'

export const dynamic = 'force-dynamic'

/** The bad rows of an import as CSV. */
export const GET = bareDoor(async ({ headers, url }) => {
  const actor = await admitActor(headers)
  const id = url.pathname.split('/').at(-2) ?? ''
  const lines = await exportRejects(actor, id)
  if (!lines) return problem({ status: 404, title: 'There is no such import.' })
  return new Response(Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="bad-rows-${id}.csv"`,
      'cache-control': 'no-store',
    },
  })
})
