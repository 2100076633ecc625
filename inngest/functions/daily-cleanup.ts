import { now } from '@/lib/clock'
import { removeOld, retentionKinds } from '@/lib/retention/remove-old'
import { progressOf } from '@/lib/runs/progress'
import { inngest } from '../client'

/** What a night does not get done, the next one does. */
const MOST_PASSES = 50

/** Removes what is past its retention, kind by kind. */
export const dailyCleanup = inngest.createFunction(
  {
    id: 'daily-cleanup',
    triggers: [{ cron: 'TZ=America/New_York 0 2 * * *' }],
    concurrency: 1,
    timeouts: { finish: '12h' },
  },
  async ({ step, runId }) => {
    const progress = progressOf(runId)
    const pass = (kind: string) => async () => {
      progress.report({ step: retentionKinds.indexOf(kind), totalSteps: retentionKinds.length, currentOperation: kind })
      return removeOld(kind, { at: now(), realAt: new Date() })
    }
    const removed: Record<string, number> = {}
    for (const kind of retentionKinds) {
      removed[kind] = 0
      for (let n = 1; n <= MOST_PASSES; n++) {
        const done = await step.run(n === 1 ? `remove-${kind}` : `remove-${kind}-${n}`, pass(kind))
        removed[kind] += done.removed
        if (done.isDone) break
      }
    }
    return { removed, total: Object.values(removed).reduce((sum, n) => sum + n, 0) }
  },
)
