import { type Job, PgBoss } from 'pg-boss'
import { countRun, noCounts } from '../workloads'
import { servePeer } from './peer-server'

/**
 * pg-boss as its documentation has it for throughput and for latency: whole batches are fetched, each job is settled by
 * itself, a full batch is followed by the next one at once, and NOTIFY wakes a worker. It has no steps: five jobs, each
 * of which sends the next one, stand for them.
 */
const counts = noCounts()
const STEPS = 5
const OPTIONS = {
  batchSize: 100,
  localConcurrency: 2,
  perJobResults: true,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
} as const

const boss = new PgBoss({ connectionString: process.env.DATABASE_URL ?? '', useListenNotify: true })
boss.on('error', (error) => console.error(error))
await boss.start()

await work('none', async () => countRun(counts, 'none'))
await work('latency', async ({ data }) => counts.firstLines.push(Date.now() - Number(data.sentAt)))
for (let n = 0; n < STEPS; n++) await workStep(n)

servePeer(counts, {
  send: (load, count) =>
    boss.insert(
      load === 'five' ? 'five-0' : load,
      Array.from({ length: count }, () => ({ data: { n: 1 } })),
    ),
  sendOne: (sentAt) => boss.send('latency', { sentAt }),
  about: async () => ({}),
  close: () => boss.stop(),
})

type Data = { sentAt?: number }

async function work(name: string, handle: (job: Job<Data>) => Promise<unknown>): Promise<void> {
  await boss.createQueue(name, { notify: true })
  await boss.work<Data, unknown, typeof OPTIONS>(name, OPTIONS, async (jobs) => {
    for (const job of jobs) await handle(job)
    return jobs.map(({ id }) => ({ id, status: 'completed' as const }))
  })
}

async function workStep(n: number): Promise<void> {
  const name = `five-${n}`
  await boss.createQueue(name, { notify: true })
  await boss.work<Data, unknown, typeof OPTIONS>(name, OPTIONS, async (jobs) => {
    // All that a batch goes on with is written at once.
    if (n + 1 < STEPS)
      await boss.insert(
        `five-${n + 1}`,
        jobs.map(({ data }) => ({ data })),
      )
    else for (const _ of jobs) countRun(counts, 'five')
    return jobs.map(({ id }) => ({ id, status: 'completed' as const }))
  })
}
