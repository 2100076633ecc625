import { now } from '@/lib/clock'
import { removeOld, retentionKinds } from '@/lib/retention/remove-old'
import { progressOf } from '@/lib/runs/progress'
import { readRunRequest } from '@/lib/schedules/run-request'
import { recordSlots, takeSlots } from '@/lib/schedules/take-slots'
import { inngest } from '../client'
import { scheduleOf, triggersOfSchedule } from '../schedules'

const schedule = scheduleOf('daily-cleanup')

/** What a night does not get done, the next one does. */
const MOST_PASSES = 50

/** Removes what is past its retention, kind by kind. */
export const dailyCleanup = inngest.createFunction(
  {
    id: 'daily-cleanup',
    triggers: triggersOfSchedule('daily-cleanup'),
    concurrency: 1,
    timeouts: { finish: '12h' },
  },
  async ({ event, step, runId }) => {
    const slots = await step.run('take-slots', async () => (await takeSlots(schedule, now())).due)
    if (slots.length === 0 && !readRunRequest(event.data)) return { removed: {}, total: 0, reason: 'already done' }
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
    const total = Object.values(removed).reduce((sum, n) => sum + n, 0)
    const done = { scheduleId: schedule.id, status: 'done' as const, outcome: `${total} removed` }
    await step.run('record-slots', () =>
      recordSlots({ ...done, slots: slots.map((slot) => new Date(slot)), now: now() }),
    )
    return { removed, total }
  },
)
