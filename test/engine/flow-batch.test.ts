import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
/** What each run was given: the numbers of its events. */
let batches: number[][]

const start = async (functions: Functions) => {
  // Thousands of events at once, on a machine that does other things too, take their time.
  engine = await TestEngine.start({ databaseUrl: database.url, functions, storeLimitMs: 10_000 })
}

beforeEach(() => {
  batches = []
})

afterEach(async () => {
  await engine.stop(0)
})

type Options = { batchEvents?: object; concurrency?: number; throttle?: object; onFailure?: unknown; retries?: number }

/** A batched function that notes the events of each of its runs. */
const noting =
  (options: Options = {}, act: () => unknown = () => undefined): Functions =>
  (inngest) => [
    inngest.createFunction(
      {
        id: 'f',
        triggers: [{ event: 'test/go' }],
        batchEvents: { maxSize: 3, timeout: '3600s' },
        ...options,
      } as Parameters<typeof inngest.createFunction>[0],
      async ({ event, events }) => {
        batches.push(events.map((one: { data: { n: number } }) => Number(one.data.n)))
        expect(event).toEqual(events[0])
        await act()
        return events.length
      },
    ),
  ]

const go = (n: number, more: { id?: string; data?: Record<string, unknown> } = {}) => ({
  name: 'test/go',
  ...more,
  data: { n, ...more.data },
})

describe('a batch', () => {
  it('starts when it is full, with its events in the order in which they came', async () => {
    await start(noting())
    await engine.send(go(1))
    await engine.send(go(2), go(3), go(4))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('starts when its time is over, counted from its first event', async () => {
    await start(noting())
    await engine.send(go(1))
    await engine.move('50m')
    await engine.send(go(2))
    expect(batches).toEqual([])
    await engine.move('10m')
    expect(batches).toEqual([[1, 2]])
    await engine.send(go(3))
    await engine.move('59m')
    expect(batches).toHaveLength(1)
    await engine.move('1m')
    expect(batches).toEqual([[1, 2], [3]])
  })

  it('is kept for each key', async () => {
    await start(noting({ batchEvents: { maxSize: 2, timeout: '3600s', key: 'event.data.k' } }))
    const of = (n: number, k: string) => go(n, { data: { k } })
    await engine.send(of(1, 'a'), of(2, 'b'), of(3, 'a'), of(4, 'c'), of(5, 'b'))
    await engine.move()
    expect([...batches].sort()).toEqual([
      [1, 3],
      [2, 5],
    ])
    await engine.move('1h')
    expect(batches).toContainEqual([4])
  })

  it.each([
    ['does not hold', 'event.data.n > 100'],
    ['can’t be worked out', 'event.data.n > "text"'],
  ])('is passed by where its condition %s: the event starts a run at once', async (_, condition) => {
    await start(noting({ batchEvents: { maxSize: 3, timeout: '3600s', if: condition } }))
    await engine.send(go(1), go(2))
    await engine.move()
    expect([...batches].sort()).toEqual([[1], [2]])
  })

  it('holds an event once, though it is sent again', async () => {
    await start(noting())
    await engine.send(go(1, { id: 'one' }), go(1, { id: 'one' }))
    await engine.send(go(1, { id: 'one' }))
    await engine.move('1h')
    await engine.send(go(1, { id: 'one' }))
    await engine.move('1h')
    expect(batches).toEqual([[1]])
  })

  it('never holds more than 10 MB: the event that would make it grow over that opens the next one', async () => {
    await start(noting({ batchEvents: { maxSize: 100, timeout: '3600s' } }))
    const text = 'x'.repeat(2_900_000)
    for (const n of [1, 2, 3, 4]) await engine.send(go(n, { data: { text } }))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    await engine.move('1h')
    expect(batches).toEqual([[1, 2, 3], [4]])
  })

  it('that is too large for a call is fetched by the app', async () => {
    await start(noting({ batchEvents: { maxSize: 3, timeout: '3600s' } }))
    const text = 'x'.repeat(2_000_000)
    await engine.send(go(1, { data: { text } }), go(2, { data: { text } }), go(3, { data: { text } }))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    expect(engine.calls.map(({ body }) => body.ctx.use_api)).toEqual([true])
  })

  it('ignores that an event is of the future', async () => {
    await start(noting())
    await engine.send({ ...go(1), ts: engine.engine.clock.now() + 3_600_000 }, go(2), go(3))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('takes its turn within a limit of concurrency', async () => {
    const held = gate()
    await start(noting({ batchEvents: { maxSize: 2, timeout: '3600s' }, concurrency: 1 }, () => held.opened))
    await engine.send(go(1), go(2), go(3), go(4))
    await expect.poll(() => batches).toEqual([[1, 2]])
    held.open()
    await engine.move()
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('takes its turn within a throttle', async () => {
    await start(noting({ batchEvents: { maxSize: 2, timeout: '3600s' }, throttle: { limit: 1, period: '1h' } }))
    await engine.send(go(1), go(2), go(3), go(4))
    await engine.move('59m')
    expect(batches).toEqual([[1, 2]])
    await engine.move('2m')
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('is found by each of its events', async () => {
    await start(noting())
    const ids = await engine.send(go(1), go(2), go(3))
    await engine.move()
    const runs = await Promise.all(ids.map((id) => engine.runsOf(id)))
    expect(runs[0]).toMatchObject([{ status: 'Completed', output: 3 }])
    expect(new Set(runs.flat().map((run) => run.run_id)).size).toBe(1)
    expect(runs.flat()).toHaveLength(3)
  })

  it('is listed among the timers', async () => {
    await start(noting())
    await engine.send(go(1))
    const { timers } = (await (await engine.fetch('/dev/timers')).json()) as { timers: object[] }
    expect(timers).toMatchObject([{ kind: 'batch', functionId: 'app-f', runId: null, stepName: null, attempt: 0 }])
  })

  it('tells of its end with all of its events', async () => {
    const told: unknown[] = []
    const onFailure = async ({ event }: { event: { data: { event: unknown; events: { data: { n: number } }[] } } }) => {
      told.push(event.data.events.map(({ data }) => data.n))
      expect(event.data.event).toEqual(event.data.events[0])
    }
    await start(
      noting({ retries: 0, onFailure }, () => {
        throw new Error('boom')
      }),
    )
    await engine.send(go(1), go(2))
    await engine.move('1h')
    expect(told).toEqual([[1, 2]])
  })

  it('does not take in the ticks of a schedule', async () => {
    const names: string[][] = []
    await start((inngest) => [
      inngest.createFunction(
        {
          id: 'f',
          triggers: [{ event: 'test/go' }, { cron: '0 0 * * *' }],
          batchEvents: { maxSize: 5, timeout: '604800s' },
        },
        async ({ events }) => void names.push(events.map((event: { name: string }) => event.name)),
      ),
    ])
    await engine.send(go(1))
    await engine.move('24h')
    expect(names).toEqual([['inngest/scheduled.timer']])
  })

  it('answers each run that invoked it', async () => {
    await start((inngest) => {
      const [f] = noting({ batchEvents: { maxSize: 2, timeout: '3600s' } })(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ event, step }) =>
          step.invoke('call', { function: f, data: { n: event.data.n } }),
        ),
      ]
    })
    const [one] = await engine.send({ name: 'test/call', data: { n: 1 } })
    await engine.move()
    // As after a long wait: the first caller is not in memory any more.
    engine.engine.world.runs.clear()
    const [two] = await engine.send({ name: 'test/call', data: { n: 2 } })
    await engine.move()
    expect(batches).toEqual([[1, 2]])
    expect(await engine.runsOf(one)).toMatchObject([{ status: 'Completed', output: 2 }])
    expect(await engine.runsOf(two)).toMatchObject([{ status: 'Completed', output: 2 }])
  })

  it('takes 5,000 events of one request with few statements', async () => {
    await start(noting({ batchEvents: { maxSize: 100, timeout: '3600s', key: 'event.data.k' } }))
    const { readers } = engine.engine.world
    let reads = 0
    const query = readers.query.bind(readers)
    readers.query = ((...args: Parameters<typeof query>) => {
      reads++
      return query(...args)
    }) as typeof readers.query
    const events = Array.from({ length: 5_000 }, (_, n) => go(n, { id: `e${n}`, data: { k: n % 10 } }))
    await engine.send(...events)
    await engine.move()
    expect(batches).toHaveLength(50)
    expect(new Set(batches.flat()).size).toBe(5_000)
    expect(reads).toBeLessThan(30)
  })
})

describe('a batch that has not started', () => {
  it('survives a restart, and each of its events is in one run', async () => {
    await start(noting())
    await engine.send(go(1), go(2))
    await engine.stop()
    await start(noting())
    await engine.send(go(3), go(4))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    await engine.stop()
    await start(noting())
    await engine.move('1h')
    expect(batches).toEqual([[1, 2, 3], [4]])
  })

  it('starts when its time went by while no engine ran', async () => {
    await start(noting())
    await engine.send(go(1), go(2))
    await engine.stop()
    await change(`UPDATE engine.batch SET due_at = now() - interval '1 hour'`)
    await start(noting())
    await expect.poll(() => batches).toEqual([[1, 2]])
    expect(await change('DELETE FROM engine.batch')).toBe(0)
  })

  it('starts though its function is gone, as runs go on that it has', async () => {
    await start(noting())
    const [id] = await engine.send(go(1))
    await engine.serve(() => [])
    engine.fault = () => ({ status: 200, headers: { 'x-inngest-sdk': 'test' }, body: '"done"' })
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
  })

  it('is neither lost nor doubled when the database drops its connections', async () => {
    await start(noting({ batchEvents: { maxSize: 10, timeout: '3600s' } }))
    for (let n = 0; n < 40; n++) {
      const sent = engine.send(go(n, { id: `e${n}` }))
      if (n % 7 === 0)
        await change(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'backroom-engine'`,
        )
      await sent
    }
    await engine.move('1h')
    expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(10)
  })
})

async function change(sql: string): Promise<number | null> {
  const client = new pg.Client(database.url)
  await client.connect()
  const { rowCount } = await client.query(sql)
  await client.end()
  return rowCount
}
