import { NonRetriableError } from 'inngest'
import { now } from '@/lib/clock'
import { countDueAccounts, fanOutPage, type PageDone } from '@/lib/reports/fan-out'
import { countReported, fanOutPeriodPage, type PeriodRequest } from '@/lib/reports/fan-out-period'
import { type ReportType, reportSchedules } from '@/lib/reports/report-schedules'
import { progressOf } from '@/lib/runs/progress'
import { readRunRequest } from '@/lib/schedules/run-request'
import { inngest } from './client'
import { type ScheduleId, triggersOfSchedule } from './schedules'

/** A run holds 1,000 steps; what is left over is due at the next tick, too. */
const MOST_PAGES = 900

type Page = PageDone & { after?: string }

/**
 * The function of one type of report: at each tick it takes the accounts whose morning has come, page by page, and sends
 * an event for each of their reports. Asked by an operator, it takes all accounts, for one period.
 */
export function reportSchedule(type: ReportType) {
  const id = reportSchedules[type].scheduleId as ScheduleId
  return inngest.createFunction(
    { id, triggers: triggersOfSchedule(id), concurrency: 1, timeouts: { finish: '6h' } },
    async ({ event, step, runId }) => {
      const request = requestOf(type, event.data)
      const { at, total } = await step.run(request ? 'count-accounts' : 'find-due-accounts', async () => {
        const tick = now()
        return { at: tick.getTime(), total: await (request ? countReported(type) : countDueAccounts(type, tick)) }
      })
      let [accounts, events, after] = [0, 0, '']
      for (let page = 1; total > 0 && page <= MOST_PAGES; page++) {
        const [before, from] = [accounts, after]
        const done = await step.run(`send-page-${page}`, async (): Promise<Page> => {
          const sent = request
            ? await fanOutPeriodPage(request, { after: from, now: new Date(at) }, (all) => inngest.send(all))
            : await fanOutPage(type, new Date(at), (all) => inngest.send(all))
          tell(runId, before + sent.accounts, total)
          return sent
        })
        accounts += done.accounts
        events += done.events
        after = done.after ?? ''
        if (done.isLast) break
      }
      return { accounts, events, ...(request ? { period: request.period } : {}) }
    },
  )
}

/** What an operator asks for; null at a tick. */
function requestOf(type: ReportType, data: unknown): PeriodRequest | null {
  const request = readRunRequest(data)
  if (!request) return null
  const { startDate, endDate, requestId, makeAgain = false, withLetter = false } = request
  if (!startDate || !endDate) throw new NonRetriableError('A report is asked for with startDate and endDate.')
  return { type, period: { startDate, endDate }, requestId, makeAgain, withLetter }
}

function tell(runId: string, accounts: number, total: number): void {
  const progress = progressOf(runId)
  progress.report({ step: accounts, totalSteps: Math.max(accounts, total), currentOperation: 'ask for reports' })
  progress.line(`${accounts} of ${total} accounts`)
}
