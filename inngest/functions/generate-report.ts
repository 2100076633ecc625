import { now } from '@/lib/clock'
import { reportEventId } from '@/lib/reports/fan-out'
import { makeReports, makeSingleReport, type ScheduledReport } from '@/lib/reports/make-reports'
import { inngest } from '../client'
import { reportScheduled } from '../events'

/**
 * Reports of many accounts at once, each once. One that can't be made is sent again to be made alone, outside of any
 * batch: with retries, and in the end a dead letter, of its own.
 */
export const generateReport = inngest.createFunction(
  {
    id: 'generate-report',
    triggers: [reportScheduled],
    batchEvents: { maxSize: 100, timeout: '2s', if: 'event.data.single != true' },
    concurrency: 4,
    timeouts: { finish: '24h' },
  },
  async ({ events, step }) => {
    const scheduled = events.map(({ data }): ScheduledReport => data)
    const [only] = scheduled
    if (only?.single) return step.run('make-report', () => makeSingleReport(only, now()))
    const { made, passedBy, failed } = await step.run('make-reports', () => makeReports(scheduled, now()))
    if (failed.length > 0) {
      const singles = failed.map((data) => ({
        ...{ id: `${reportEventId(data)}/single`, name: 'report/scheduled', data: { ...data, single: true } },
      }))
      await step.sendEvent('send-singles', singles)
    }
    return { made, passedBy, sentAlone: failed.length }
  },
)
