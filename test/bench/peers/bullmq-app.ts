import { type Job, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { countRun, noCounts } from '../workloads'
import { servePeer } from './peer-server'

/**
 * BullMQ with as many jobs at a time as our engine makes calls. Steps are as its documentation has them: a job notes
 * in its own data how far it has come.
 */
const counts = noCounts()
const STEPS = 5
const url = process.env.REDIS_URL ?? ''
const names = ['none', 'five', 'latency'] as const
/** The Redis may hold other things. */
const prefix = `backroom-bench-${process.pid}`

const redis = new Redis(url, { maxRetriesPerRequest: null })
const options = { connection: redis, prefix }
const queues = new Map<string, Queue>(names.map((name) => [name, new Queue(name, options)]))

type Data = { n: number; step?: number; sentAt?: number }

const handlers: Record<(typeof names)[number], (job: Job<Data>) => Promise<unknown>> = {
  none: async () => countRun(counts, 'none'),
  five: async (job) => {
    for (let step = job.data.step ?? 0; step < STEPS; step++) await job.updateData({ ...job.data, step: step + 1 })
    countRun(counts, 'five')
  },
  latency: async ({ data }) => counts.firstLines.push(Date.now() - Number(data.sentAt)),
}
const workers = names.map((name) => new Worker(name, handlers[name], { ...options, concurrency: 100 }))
await Promise.all(workers.map((worker) => worker.waitUntilReady()))

servePeer(counts, {
  send: async (load, count) => {
    await queues.get(load)?.addBulk(Array.from({ length: count }, () => ({ name: load, data: { n: 1 } })))
  },
  sendOne: async (sentAt) => {
    await queues.get('latency')?.add('latency', { n: 1, sentAt })
  },
  about: async () => ({ pid: Number(field(await redis.info('server'), 'process_id')), durability: await durability() }),
  close: async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    for (const queue of queues.values()) await queue.obliterate({ force: true })
  },
})

/** What this Redis does to keep a job that it has taken; one that is let by others may not say. */
async function durability(): Promise<string> {
  try {
    const [, appends] = (await redis.config('GET', 'appendonly')) as string[]
    const [, forced] = (await redis.config('GET', 'appendfsync')) as string[]
    return appends === 'yes' ? `appendfsync ${forced}` : 'snapshots only'
  } catch {
    return 'not told'
  }
}

function field(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim()
}
