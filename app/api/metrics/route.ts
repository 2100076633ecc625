import { admitReader } from '@/app/api/admin/admission'
import { bareDoor } from '@/app/api/door'
import { functions } from '@/inngest'
import { schedules } from '@/inngest/schedules'
import { now, refreshClock } from '@/lib/clock'
import { CONTENT_TYPE, metricsText } from '@/lib/metrics/metrics-text'
import { readFigures } from '@/lib/metrics/read-figures'

export const dynamic = 'force-dynamic'

const served = functions.map((fn) => fn.id())

/** The app's figures in Prometheus' text form. */
export const GET = bareDoor(async ({ headers }) => {
  await admitReader(headers)
  await refreshClock()
  const figures = await readFigures({ functionIds: served, schedules, at: now(), realAt: new Date() })
  const text = await metricsText(figures)
  return new Response(text, { headers: { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' } })
})
