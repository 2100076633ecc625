import { bareDoor } from '@/app/api/door'
import { newsStream } from '@/lib/runs/news-stream'
import { problem } from '../../problem'
import { admitOperator } from '../admission'

export const dynamic = 'force-dynamic'

/** News of runs, of one or of all, as server-sent events. */
export const GET = bareDoor(async ({ headers, url, signal }) => {
  await admitOperator(headers)
  const stream = newsStream(url.searchParams.get('run'), signal)
  if (!stream) return problem({ status: 503, title: 'This server is about to stop.' }, { 'retry-after': '1' })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
})
