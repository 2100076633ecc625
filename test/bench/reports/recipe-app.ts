import { createServer } from 'node:http'
import { Inngest } from 'inngest'
import { serve } from 'inngest/node'
import { db } from '@/lib/db'
import { makeSingleReport } from '@/lib/reports/make-reports'

const quiet = { info() {}, warn() {}, error() {}, debug() {} }
const inngest = new Inngest({ id: 'recipe', isDev: false, logger: quiet })

/** The common recipe: one run goes through the accounts, with a step for each, and makes one report after the other. */
const report = inngest.createFunction(
  { id: 'recipe-report', triggers: [{ event: 'recipe/morning' }] },
  async ({ event, step }) => {
    const { day, most } = event.data as { day: string; most: number }
    const accountIds = await step.run('list-accounts', async () => {
      const accounts = await db().account.findMany({ where: { isActive: true }, take: most, select: { id: true } })
      return accounts.map(({ id }) => id)
    })
    for (const accountId of accountIds)
      await step.run(`report-${accountId}`, () =>
        makeSingleReport({ accountId, type: 'daily', startDate: day, endDate: day }, new Date()),
      )
  },
)

const handler = serve({ client: inngest, functions: [report] })
createServer((request, response) => {
  if (request.url === '/health') response.end('ok')
  else void handler(request, response)
}).listen(Number(process.env.PORT), '127.0.0.1')
process.stdin.on('close', () => process.exit(0)).resume()
