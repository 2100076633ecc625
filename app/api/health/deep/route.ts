import { admitReader } from '@/app/api/admin/admission'
import { bareDoor } from '@/app/api/door'
import { schedules } from '@/inngest/schedules'
import { now, refreshClock } from '@/lib/clock'
import { readDeepHealth } from '@/lib/health/deep-health'

export const dynamic = 'force-dynamic'

/** How every part stands; 503 where one fails, such as when schedules no longer come. */
export const GET = bareDoor(async ({ headers }) => {
  await admitReader(headers)
  await refreshClock()
  const health = await readDeepHealth(schedules, now())
  const status = health.status === 'ok' ? 200 : 503
  return Response.json(health, { status, headers: { 'cache-control': 'no-store' } })
})
