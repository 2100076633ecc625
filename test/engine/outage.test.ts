import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const HOUR = 3_600_000

const database = ownDatabase()
const realNow = Date.now
let engine: TestEngine
let ran: string[]
/** How far the machine's clock has been set from the true time. */
let setBy: number

beforeEach(async () => {
  ran = []
  setBy = 0
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + setBy)
})

afterEach(async () => {
  await engine.stop(0)
  vi.restoreAllMocks()
})

const start = async (functions: Functions) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
}

const working: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step, attempt }) => {
    await step.run('a', () => void ran.push(`a${event.data.n}`))
    if (event.data.nap) await step.sleep('nap', event.data.nap)
    await step.run('b', () => void ran.push(`b${event.data.n} at attempt ${attempt}`))
    return event.data.n
  }),
]

const ended = (id: string | undefined) =>
  expect.poll(async () => (await engine.runsOf(id))[0]?.status, { timeout: 20_000 }).toBe('Completed')

/** Sets the machine's clock, and lets the engine look at it. */
const setClock = (ms: number) => {
  setBy += ms
  engine.engine.dispatcher.pump()
}

describe('an app that is down for an hour', () => {
  // With the longest wait of 5 s between two calls, an hour has about so many.
  const CALLS_IN_AN_HOUR = 725

  it('finds all that came due meanwhile, and no attempt is used up', async () => {
    await start(working)
    const [asleep] = await engine.send({ name: 'test/go', data: { n: 1, nap: '30m' } })
    await engine.move()
    const calls = new Map<string, number>()
    engine.fault = ({ headers }) => {
      const runId = headers['x-run-id'] ?? ''
      calls.set(runId, (calls.get(runId) ?? 0) + 1)
      return Promise.reject(new TransportError('refused', 'connect ECONNREFUSED'))
    }
    const [sent] = await engine.send({ name: 'test/go', data: { n: 2 } })
    setClock(HOUR)
    const fewest = () => (calls.size < 2 ? 0 : Math.min(...calls.values()))
    await expect.poll(fewest, { timeout: 25_000 }).toBeGreaterThan(CALLS_IN_AN_HOUR)
    engine.fault = () => undefined
    await Promise.all([ended(asleep), ended(sent)])
    expect(ran.toSorted()).toEqual(['a1', 'a2', 'b1 at attempt 0', 'b2 at attempt 0'])
  })
})

describe('an app that is slow', () => {
  it('is waited for and not called twice, and holds no other run up', async () => {
    const held = gate()
    await start((inngest) => [
      inngest.createFunction({ id: 'slow', triggers: [{ event: 'test/slow' }] }, async ({ step }) => {
        await step.run('slow', async () => {
          ran.push('slow')
          await held.opened
        })
        return 'at last'
      }),
      ...working(inngest),
    ])
    const [slow] = await engine.send({ name: 'test/slow' })
    await expect.poll(() => ran).toEqual(['slow'])
    setClock(HOUR)
    const [quick] = await engine.send({ name: 'test/go', data: { n: 1 } })
    await ended(quick)
    expect(await engine.runsOf(slow)).toMatchObject([{ status: 'Running' }])
    held.open()
    await ended(slow)
    expect(ran.filter((step) => step === 'slow')).toEqual(['slow'])
  })
})

describe('a machine whose clock jumps', () => {
  const ticking: Functions = (inngest) => [
    ...working(inngest),
    inngest.createFunction(
      { id: 'ticking', triggers: [{ cron: '* * * * *' }] },
      async ({ event }) => void ran.push(`${event.data.scheduledAt}`),
    ),
  ]
  const ticks = () => ran.filter((step) => step.includes('T'))
  /** The tick of the minute in which the machine's clock stands. */
  const minute = () => `${new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString().slice(0, 19)}Z`

  it('forward wakes who sleeps, once, and fires the latest of the ticks in between', async () => {
    await start(ticking)
    const [id] = await engine.send({ name: 'test/go', data: { n: 1, nap: '2h' } })
    await engine.move()
    ran = []
    setClock(5 * HOUR)
    const latest = minute()
    await ended(id)
    await expect.poll(ticks).toContain(latest)
    await engine.move()
    expect(ticks().filter((tick) => tick < latest)).toEqual([])
    expect(ran).toContain('b1 at attempt 0')
  })

  it('back keeps who sleeps, starts what is new at once, and fires no tick again', async () => {
    await start(ticking)
    await engine.move('1m')
    const [id] = await engine.send({ name: 'test/go', data: { n: 1, nap: '1h' } })
    await engine.move()
    const before = ticks().length
    setClock(-2 * HOUR)
    const [next] = await engine.send({ name: 'test/go', data: { n: 2 } })
    await ended(next)
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Running' }])
    expect(ticks()).toHaveLength(before)
    setClock(4 * HOUR)
    await ended(id)
    expect(ran.filter((step) => !step.includes('T')).toSorted()).toEqual([
      'a1',
      'a2',
      'b1 at attempt 0',
      'b2 at attempt 0',
    ])
    expect(new Set(ticks()).size).toBe(ticks().length)
  })
})
