import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let old: TestEngine | undefined
let other: pg.Client
let ran: string[]

beforeEach(async () => {
  ran = []
  old = undefined
  other = new pg.Client(database.url)
  await other.connect()
})

afterEach(async () => {
  await other.end()
  await old?.stop(0)
  await engine.stop(0)
})

const functions: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'batched', triggers: [{ event: 'test/batched' }], batchEvents: { maxSize: 3, timeout: '3600s' } },
    async ({ events }) => {
      ran.push(`batch ${events.map((event: { data: { n: number } }) => event.data.n)}`)
    },
  ),
  inngest.createFunction(
    { id: 'debounced', triggers: [{ event: 'test/debounced' }], debounce: { period: '1h' } },
    async ({ event }) => void ran.push(`debounced ${event.data.n}`),
  ),
  inngest.createFunction(
    { id: 'limited', triggers: [{ event: 'test/limited' }], rateLimit: { limit: 2, period: '1h' } },
    async ({ event }) => void ran.push(`limited ${event.data.n}`),
  ),
  inngest.createFunction(
    { id: 'throttled', triggers: [{ event: 'test/throttled' }], throttle: { limit: 1, period: '1h' } },
    async ({ event }) => void ran.push(`throttled ${event.data.n}`),
  ),
  inngest.createFunction(
    { id: 'single', triggers: [{ event: 'test/single' }], singleton: { mode: 'skip' } },
    async ({ event, step }) => {
      await step.run('note', () => void ran.push(`single ${event.data.n}`))
      await step.sleep('nap', '2h')
    },
  ),
  inngest.createFunction(
    { id: 'once', triggers: [{ event: 'test/once' }], idempotency: 'event.data.k' },
    async ({ event }) => void ran.push(`once ${event.data.n}`),
  ),
]

const names = ['batched', 'debounced', 'limited', 'throttled', 'single', 'once']

/** One event for each of the functions. */
const sendAll = (n: number) => engine.send(...names.map((name) => ({ name: `test/${name}`, data: { n, k: 'k' } })))

const start = () => TestEngine.start({ databaseUrl: database.url, functions, storeLimitMs: 10_000 })

/** Engines that ask for the lead and don't have it. */
const standbys = async () => {
  const { rowCount } = await other.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND (query LIKE '%pg_try_advisory_lock%' OR query LIKE '%AS sign%')
     AND pid <> pg_backend_pid() AND NOT EXISTS (SELECT 1 FROM pg_locks WHERE pg_locks.pid = pg_stat_activity.pid AND locktype = 'advisory')`,
  )
  return rowCount
}

/** A second engine that stands by takes the lead away from the first, which doesn't end. */
async function takeOver(): Promise<void> {
  const next = start()
  await expect.poll(standbys).toBe(1)
  await other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database
     WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
  )
  const led = await next
  await old?.stop(0)
  old = engine
  engine = led
}

describe('flow control after another engine has taken over', () => {
  it('knows what the one before it had gathered, put off, let in and begun', async () => {
    engine = await start()
    await sendAll(1)
    await takeOver()
    await sendAll(2)
    await sendAll(3)
    await engine.move()
    expect(ran.sort()).toEqual(['batch 1,2,3', 'limited 1', 'limited 2', 'once 1', 'single 1', 'throttled 1'])
    await engine.move('1h')
    expect(ran.sort()).toEqual([
      'batch 1,2,3',
      'debounced 3',
      'limited 1',
      'limited 2',
      'once 1',
      'single 1',
      'throttled 1',
      'throttled 2',
    ])
  })

  it('starts what had come due and was not started', async () => {
    engine = await start()
    // As if this engine were killed between the commit that fills a batch and the one that starts it.
    engine.engine.dispatcher.stop()
    for (const n of [1, 2, 3, 4]) await sendAll(n)
    expect(ran).toEqual([])
    await engine.stop(0)
    engine = await start()
    await engine.move()
    expect(ran.sort()).toEqual(['batch 1,2,3', 'limited 1', 'limited 2', 'once 1', 'single 1', 'throttled 1'])
    await engine.move('1h')
    expect(ran).toContain('batch 4')
    expect(ran).toContain('debounced 4')
  })
})
