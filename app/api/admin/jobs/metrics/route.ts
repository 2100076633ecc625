import { bareDoor } from '@/app/api/door'
import { functions } from '@/inngest'
import { now, refreshClock } from '@/lib/clock'
import { countJobs } from '@/lib/runs/count-runs'
import { admitReader } from '../../admission'

export const dynamic = 'force-dynamic'

const served = functions.map((fn) => fn.id())

/** The counts of each function that is served or was: waiting, active, delayed, completed, failed, cancelled, total. */
export const GET = bareDoor(async ({ headers }) => {
  await admitReader(headers)
  await refreshClock()
  const at = now()
  return Response.json({ at, functions: await countJobs(served, at) }, { headers: { 'cache-control': 'no-store' } })
})
