import { bareDoor } from '@/app/api/door'
import { now, refreshClock } from '@/lib/clock'
import { countJobs } from '@/lib/runs/count-runs'
import { admitReader } from '../../admission'

export const dynamic = 'force-dynamic'

/** The counts of each function: waiting, active, delayed, completed, failed, cancelled, total. */
export const GET = bareDoor(async ({ headers }) => {
  await admitReader(headers)
  await refreshClock()
  const at = now()
  return Response.json({ at, functions: await countJobs([], at) }, { headers: { 'cache-control': 'no-store' } })
})
