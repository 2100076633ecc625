import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { go, ownBatching } from '../support/batching'
import type { Functions, TestEngine } from '../support/engine'

const { batches, batching, start: started, database } = ownBatching()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

describe('a batch', () => {
  it('starts when it is full, with its events in the order in which they came', async () => {
    await start(batching())
    await engine.send(go(1))
    await engine.send(go(2), go(3), go(4))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('starts when its time is over, counted from its first event', async () => {
    await start(batching())
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
    await start(batching({ batchEvents: { maxSize: 2, timeout: '3600s', key: 'event.data.k' } }))
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
    await start(batching({ batchEvents: { maxSize: 3, timeout: '3600s', if: condition } }))
    await engine.send(go(1), go(2))
    await engine.move()
    expect([...batches].sort()).toEqual([[1], [2]])
  })

  it('holds an event once, though it is sent again', async () => {
    await start(batching())
    await engine.send(go(1, { id: 'one' }), go(1, { id: 'one' }))
    await engine.send(go(1, { id: 'one' }))
    await engine.move('1h')
    await engine.send(go(1, { id: 'one' }))
    await engine.move('1h')
    expect(batches).toEqual([[1]])
  })

  it('never holds more than 10 MB: the event that would make it grow over that opens the next one', async () => {
    await start(batching({ batchEvents: { maxSize: 100, timeout: '3600s' } }))
    const text = 'x'.repeat(2_900_000)
    for (const n of [1, 2, 3, 4]) await engine.send(go(n, { data: { text } }))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    await engine.move('1h')
    expect(batches).toEqual([[1, 2, 3], [4]])
  })

  it('ignores that an event is of the future', async () => {
    await start(batching())
    await engine.send({ ...go(1), ts: engine.engine.clock.now() + 3_600_000 }, go(2), go(3))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
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

  it('takes 5,000 events of one request with few statements', async () => {
    await start(batching({ batchEvents: { maxSize: 100, timeout: '3600s', key: 'event.data.k' } }))
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
    await start(batching())
    await engine.send(go(1), go(2))
    await engine.stop()
    await start(batching())
    await engine.send(go(3), go(4))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    await engine.stop()
    await start(batching())
    await engine.move('1h')
    expect(batches).toEqual([[1, 2, 3], [4]])
  })

  it('starts when its time went by while no engine ran', async () => {
    await start(batching())
    await engine.send(go(1), go(2))
    await engine.stop()
    await change(`UPDATE engine.batch SET due_at = now() - interval '1 hour'`)
    await start(batching())
    await expect.poll(() => batches).toEqual([[1, 2]])
    expect(await change('DELETE FROM engine.batch')).toBe(0)
  })

  it('starts though its function is gone, as runs go on that it has', async () => {
    await start(batching())
    const [id] = await engine.send(go(1))
    await engine.serve(() => [])
    engine.fault = () => ({ status: 200, headers: { 'x-inngest-sdk': 'test' }, body: '"done"' })
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
  })

  it('is neither lost nor doubled when the database drops its connections', async () => {
    await start(batching({ batchEvents: { maxSize: 10, timeout: '3600s' } }))
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
