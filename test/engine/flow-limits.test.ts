import { setImmediate as turn } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let other: pg.Client
let ran: string[]

beforeEach(async () => {
  ran = []
  other = new pg.Client(database.url)
  await other.connect()
})

afterEach(async () => {
  await other.end()
  await engine.stop(0)
})

const start = async (functions: Functions, more: object = {}) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions, storeLimitMs: 10_000, ...more })
}

const cutAll = () =>
  other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'backroom-engine'`,
  )

const throttled: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'f', triggers: [{ event: 'test/go' }], throttle: { limit: 1, period: '1h' } },
    async ({ event }) => {
      ran.push(String(event.data.n))
      return event.data.n
    },
  ),
]

const events = (count: number, data: (n: number) => object = (n) => ({ n })) =>
  Array.from({ length: count }, (_, n) => ({ name: 'test/go', data: { ...data(n) } }))

describe('a throttle', () => {
  it('has its start on disk before the call goes out, so that no engine after this one lets another in', async () => {
    const spent: number[] = []
    await start(throttled)
    engine.fault = async () => {
      spent.push((await other.query('SELECT 1 FROM engine.throttle')).rowCount ?? 0)
      return undefined
    }
    await engine.send(...events(1))
    await engine.move()
    expect(spent).toEqual([1])
  })

  it('is not exceeded when the database drops its connections', async () => {
    await start(throttled)
    for (const event of events(5)) {
      const sent = engine.send(event)
      await cutAll()
      await sent
    }
    for (let hours = 1; hours <= 5; hours++) {
      await engine.move(hours === 1 ? 0 : '1h')
      await cutAll()
      expect(ran).toHaveLength(hours)
    }
    expect(new Set(ran).size).toBe(5)
  })

  it('lets the next one go when one that waits for it is cancelled by its start timeout', async () => {
    await start((inngest) => [
      inngest.createFunction(
        {
          id: 'f',
          triggers: [{ event: 'test/go' }],
          throttle: { limit: 1, period: '1h' },
          timeouts: { start: '90m' },
        },
        async ({ event }) => void ran.push(String(event.data.n)),
      ),
    ])
    const ids = await engine.send(...events(4))
    await engine.move('5h')
    const statuses = (await Promise.all(ids.map((id) => engine.runsOf(id)))).flat().map(({ status }) => status)
    expect(statuses.sort()).toEqual(['Cancelled', 'Cancelled', 'Completed', 'Completed'])
    await engine.send({ name: 'test/go', data: { n: 'late' } })
    await engine.move()
    expect(ran).toHaveLength(3)
    expect(ran).toContain('late')
  })
})

describe('limits of concurrency', () => {
  /** The most that ran at once, under each name. */
  let most: Map<string, number>
  const busy = new Map<string, number>()

  const working = async (...names: string[]) => {
    for (const name of names) {
      busy.set(name, (busy.get(name) ?? 0) + 1)
      most.set(name, Math.max(most.get(name) ?? 0, busy.get(name) ?? 0))
    }
    for (let turns = 0; turns < 5; turns++) await turn()
    for (const name of names) busy.set(name, (busy.get(name) ?? 0) - 1)
  }

  const limited: Functions = (inngest) =>
    ['f', 'g'].map((id) =>
      inngest.createFunction(
        {
          id,
          triggers: [{ event: 'test/go' }],
          concurrency: [{ limit: 3 }, { limit: 2, scope: 'account', key: `"shared-" + string(event.data.k)` }],
        },
        async ({ event, step }) => {
          const names = [id, `k${event.data.k}`]
          await step.run('one', () => working(...names))
          await Promise.all(['two', 'three'].map((name) => step.run(name, () => working(...names))))
          await step.sleep('nap', '1m')
          await step.run('four', () => working(...names))
          ran.push(`${id}${event.data.n}`)
        },
      ),
    )

  beforeEach(() => {
    most = new Map()
    busy.clear()
  })

  it('hold for a function and for a key that functions share, and every run gets its turn', async () => {
    await start(limited)
    await engine.send(...events(20, (n) => ({ n, k: n % 3 })))
    await engine.move('1h')
    expect(new Set(ran).size).toBe(40)
    for (const [name, count] of most) expect(count, name).toBeLessThanOrEqual(name.startsWith('k') ? 2 : 3)
    expect(Math.max(...most.values())).toBe(3)
  })

  it('hold while the database drops its connections', async () => {
    await start(limited)
    for (const event of events(12, (n) => ({ n, k: n % 3 }))) {
      const sent = engine.send(event)
      await cutAll()
      await sent
    }
    await engine.move('1h')
    expect(new Set(ran).size).toBe(24)
    for (const [name, count] of most) expect(count, name).toBeLessThanOrEqual(name.startsWith('k') ? 2 : 3)
  })

  /** A function whose runs wait at a gate. */
  const holding = () => {
    const { opened, open } = gate()
    let [now, most] = [0, 0]
    const functions =
      (options: object): Functions =>
      (inngest) => [
        inngest.createFunction(
          { id: 'f', triggers: [{ event: 'test/go' }], ...options } as Parameters<typeof inngest.createFunction>[0],
          async ({ event }) => {
            ran.push(String(event.data.n))
            most = Math.max(most, ++now)
            await opened
            now--
          },
        ),
      ]
    return { functions, open, most: () => most }
  }

  it('hold as they are registered last, for what waits already too', async () => {
    const held = holding()
    await start(held.functions({ concurrency: 1 }))
    await engine.send(...events(6))
    await expect.poll(() => ran, { timeout: 10_000 }).toHaveLength(1)
    await engine.serve(held.functions({ concurrency: 4 }))
    await expect.poll(() => ran, { timeout: 10_000 }).toHaveLength(4)
    held.open()
    await engine.move()
    expect(ran).toHaveLength(6)
  })

  it('hold for runs that were made before there was one', async () => {
    const held = holding()
    await start(held.functions({ throttle: { limit: 1, period: '1h' } }))
    await engine.send(...events(6))
    await expect.poll(() => ran, { timeout: 10_000 }).toHaveLength(1)
    await engine.serve(held.functions({ concurrency: 2 }))
    await expect.poll(() => ran, { timeout: 10_000 }).toHaveLength(2)
    await engine.send(...events(2))
    held.open()
    await engine.move()
    expect(ran).toHaveLength(8)
    expect(held.most()).toBe(2)
  })

  it('hold for a key that is an object', async () => {
    const held = holding()
    await start(held.functions({ concurrency: { limit: 1, key: 'event.data.user' } }))
    for (const [n, id] of Object.entries({ a1: 1, a2: 1, b1: 2 }))
      await engine.send(...events(1, () => ({ n, user: { id } })))
    await expect.poll(() => ran.toSorted(), { timeout: 10_000 }).toEqual(['a1', 'b1'])
    held.open()
    await engine.move()
    expect(ran).toHaveLength(3)
  })

  it('give the place that a throttled key may not use to the next one', async () => {
    const held = holding()
    await start(held.functions({ concurrency: 1, throttle: { limit: 1, period: '1h', key: 'event.data.k' } }))
    for (const n of ['a1', 'a2', 'a3', 'b1']) await engine.send({ name: 'test/go', data: { n, k: n[0] } })
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['a1'])
    held.open()
    await engine.move()
    expect(ran).toEqual(['a1', 'b1'])
  })

  it('give the place of a run that is cancelled while it waits to the next one', async () => {
    const held = holding()
    await start(held.functions({ concurrency: 1, cancelOn: [{ event: 'test/stop', match: 'data.n' }] }))
    await engine.send(...events(4))
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['0'])
    await engine.send({ name: 'test/stop', data: { n: 1 } }, { name: 'test/stop', data: { n: 2 } })
    held.open()
    await engine.move()
    expect(ran).toEqual(['0', '3'])
  })
})

describe('a priority', () => {
  it('goes ahead within its function, the older first among equals', async () => {
    const held = gate()
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], concurrency: 1, priority: { run: 'event.data.p' } },
        async ({ event }) => {
          await held.opened
          ran.push(String(event.data.n))
        },
      ),
    ])
    const of = (n: string, p: unknown) => engine.send({ name: 'test/go', data: { n, p } })
    await of('first', 0)
    await expect.poll(() => engine.calls.length).toBe(1)
    for (const [n, p] of Object.entries({ late: -60, plain: 0, odd: 'text', high: 120, highest: 1_000_000 }))
      await of(n, p)
    held.open()
    await engine.move()
    expect(ran).toEqual(['first', 'highest', 'high', 'plain', 'odd', 'late'])
  })
})
