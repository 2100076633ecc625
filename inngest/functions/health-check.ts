import { now } from '@/lib/clock'
import type { CheckResult } from '@/lib/health/check'
import { listOpenIncidents } from '@/lib/health/incidents'
import { checkIds, runCheck } from '@/lib/health/run-check'
import { writeIncidents } from '@/lib/health/write-incidents'
import { askForStuckOrders } from '@/lib/orders/ask-for-stuck-orders'
import { noteSchedules } from '@/lib/schedules/known-schedules'
import { readRunRequest } from '@/lib/schedules/run-request'
import { recordSlots, takeSlots } from '@/lib/schedules/take-slots'
import { inngest } from '../client'
import { scheduleOf, schedules, triggersOfSchedule } from '../schedules'

const schedule = scheduleOf('health-check')

/** Looks whether all is well. What is wrong is an incident, of which operators are told once, and once when it is over. */
export const healthCheck = inngest.createFunction(
  { id: 'health-check', triggers: triggersOfSchedule('health-check'), concurrency: 1, timeouts: { finish: '15m' } },
  async ({ event, step }) => {
    const { slots, openKinds } = await step.run('take-slots', async () => {
      await noteSchedules(schedules, now())
      const { due } = await takeSlots(schedule, now())
      return { slots: due, openKinds: (await listOpenIncidents()).map(({ kind }) => kind) }
    })
    if (slots.length === 0 && !readRunRequest(event.data)) return { checked: false, reason: 'already done' }
    const results: CheckResult[] = []
    for (const id of checkIds) {
      const view = { at: now(), realAt: new Date(), schedules, openKinds }
      results.push(await step.run(`check-${id}`, () => runCheck(id, view)))
    }
    const asked = await step.run('ask-for-settlements', askForStuckOrders)
    const written = await step.run('write-incidents', () => writeIncidents(results))
    await step.run('record-slots', () =>
      recordSlots({
        ...{ scheduleId: schedule.id, slots: slots.map((slot) => new Date(slot)), status: 'done', now: now() },
        outcome: outcomeOf(written),
      }),
    )
    return {
      checked: true,
      findings: results.flatMap((result) => (result.isMade ? result.findings : [])),
      asked,
      ...written,
    }
  },
)

function outcomeOf({ opened, closed, notMade }: Awaited<ReturnType<typeof writeIncidents>>): string {
  const told = `${opened} opened, ${closed} closed`
  return notMade.length === 0 ? told : `${told}; not made: ${notMade.join(', ')}`
}
