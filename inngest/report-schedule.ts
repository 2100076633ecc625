import { now } from '@/lib/clock'
import { countDueAccounts, fanOutPage } from '@/lib/reports/fan-out'
import { type ReportType, reportSchedules } from '@/lib/reports/report-schedules'
import { progressOf } from '@/lib/runs/progress'
import { inngest } from './client'
import { type ScheduleId, scheduleOf } from './schedules'

/** A run holds 1,000 steps; what is left over is due at the next tick, too. */
const MOST_PAGES = 900

/**
 * The function of one type of report: at each tick it takes the accounts whose morning has come, page by page, and sends
 * an event for each of their reports.
 */
export function reportSchedule(type: ReportType) {
  const id = reportSchedules[type].scheduleId as ScheduleId
  return inngest.createFunction(
    { id, triggers: [{ cron: scheduleOf(id).cron }], concurrency: 1, timeouts: { finish: '6h' } },
    async ({ step, runId }) => {
      const { at, total } = await step.run('find-due-accounts', async () => {
        const tick = now()
        return { at: tick.getTime(), total: await countDueAccounts(type, tick) }
      })
      let [accounts, events] = [0, 0]
      for (let page = 1; total > 0 && page <= MOST_PAGES; page++) {
        const before = accounts
        const done = await step.run(`send-page-${page}`, async () => {
          const sent = await fanOutPage(type, new Date(at), (all) => inngest.send(all))
          tell(runId, before + sent.accounts, total)
          return sent
        })
        accounts += done.accounts
        events += done.events
        if (done.isLast) break
      }
      return { accounts, events }
    },
  )
}

function tell(runId: string, accounts: number, total: number): void {
  const progress = progressOf(runId)
  progress.report({ step: accounts, totalSteps: Math.max(accounts, total), currentOperation: 'ask for reports' })
  progress.line(`${accounts} of ${total} accounts`)
}
