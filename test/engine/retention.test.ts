import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pruner } from '@/engine/loop/pruner'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const database = ownDatabase()
let engine: TestEngine
let db: pg.Client

/** One that sleeps, and one that waits for the end of such a one. */
const patient: Functions = (inngest) => {
  const sleeper = inngest.createFunction(
    { id: 'sleeper', triggers: [{ event: 'test/sleep' }] },
    async ({ event, step }) => {
      await step.sleep('nap', '3d')
      return event.data.n
    },
  )
  const parent = inngest.createFunction(
    { id: 'parent', triggers: [{ event: 'test/invoke' }] },
    async ({ event, step }) => [await step.invoke('child', { function: sleeper, data: { n: 7 } }), event.name],
  )
  return [sleeper, parent]
}

beforeEach(async () => {
  engine = await TestEngine.start({
    databaseUrl: database.url,
    functions: (inngest) => [
      inngest.createFunction({ id: 'fine', triggers: [{ event: 'test/fine' }] }, async ({ step }) => {
        await step.run('a', () => 1)
      }),
      inngest.createFunction({ id: 'bad', triggers: [{ event: 'test/bad' }], retries: 0 }, async () => {
        throw new Error('no')
      }),
      ...patient(inngest),
      inngest.createFunction(
        { id: 'slow', triggers: [{ event: 'test/slow' }], throttle: { limit: 1, period: '1h' } },
        async () => 1,
      ),
      inngest.createFunction(
        {
          id: 'rare',
          triggers: [{ event: 'test/rare' }],
          rateLimit: { limit: 1, period: '1h', key: 'event.data.n' },
        },
        async () => 1,
      ),
    ],
  })
  db = new pg.Client(database.url)
  await db.connect()
})

afterEach(async () => {
  await db.end()
  await engine.stop(0)
})

/** Goes round once, so many real milliseconds from now, in batches of two. */
async function prune(laterMs: number, epoch = engine.engine.epoch): Promise<number> {
  const clock = { ...engine.engine.clock, realNow: () => Date.now() + laterMs }
  const pruner = new Pruner({ ...engine.engine, clock, epoch }, { ageMs: DAY, completedRuns: 3, failedRuns: 2 }, 2)
  let batches = 0
  while ((await pruner.runOnce()) !== undefined) batches++
  return batches
}

const column = async (sql: string) => (await db.query(sql)).rows.map((row) => Object.values(row)[0])
const statuses = () => column('SELECT status FROM engine.run ORDER BY status')
const events = (name: string) => column(`SELECT id FROM engine.event WHERE name = '${name}' ORDER BY id`)

/** Sends them one by one, each done before the next. */
async function sendMany(name: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    ids.push(...(await engine.send({ name, data: { n } })))
    await engine.move(1)
  }
  return ids
}

describe('what is no longer needed', () => {
  it('goes after its time, but for the latest runs of each function, with their steps and events', async () => {
    const fine = await sendMany('test/fine', 8)
    const bad = await sendMany('test/bad', 5)
    await sendMany('test/unheard', 3)
    await prune(23 * HOUR)
    expect(await statuses()).toHaveLength(13)
    expect(await events('test/unheard')).toHaveLength(3)
    expect(await prune(25 * HOUR)).toBeGreaterThan(8)
    expect(await statuses()).toEqual(['completed', 'completed', 'completed', 'failed', 'failed'])
    expect(await column('SELECT run_id FROM engine.step ORDER BY 1')).toEqual(
      await column(`SELECT id FROM engine.run WHERE function_id = 'app-fine' ORDER BY 1`),
    )
    expect(await events('test/fine')).toEqual(fine.slice(-3))
    expect(await events('test/bad')).toEqual(bad.slice(-2))
    expect(await events('test/unheard')).toEqual([])
  })

  it('is not what goes on: a run that sleeps and one that waits for another keep all that they need', async () => {
    const [sleeping] = await engine.send({ name: 'test/sleep', data: { n: 5 } })
    const [waiting] = await engine.send({ name: 'test/invoke' })
    await engine.move()
    await prune(2 * DAY)
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url, functions: patient })
    await engine.move('3d')
    expect(await engine.runsOf(sleeping)).toMatchObject([{ status: 'Completed', output: 5 }])
    expect(await engine.runsOf(waiting)).toMatchObject([{ status: 'Completed', output: [7, 'test/invoke'] }])
  })

  it('is measured in real time: moving the clock takes nothing away', async () => {
    await sendMany('test/fine', 5)
    await engine.move('30d')
    await prune(HOUR)
    expect(await statuses()).toHaveLength(5)
  })

  it('is not the claim of an event id within its day', async () => {
    await engine.send({ name: 'test/fine', id: 'fact-1' })
    await engine.move()
    await prune(23 * HOUR)
    await engine.send({ name: 'test/fine', id: 'fact-1' })
    await engine.move()
    expect(await statuses()).toEqual(['completed'])
    await prune(25 * HOUR)
    expect(await column('SELECT key FROM engine.claim')).toEqual([])
  })

  it('is a throttle whose time has long gone by, and no other', async () => {
    await engine.send({ name: 'test/slow' })
    await engine.move()
    await prune(24 * HOUR)
    expect(await column('SELECT key FROM engine.throttle')).toHaveLength(1)
    await prune(26 * HOUR)
    expect(await column('SELECT key FROM engine.throttle')).toEqual([])
  })

  it('is a start that no longer counts against its rate limit, whose key may never come again', async () => {
    const starts = () => column('SELECT key FROM engine.rate_limit_start ORDER BY key')
    await sendMany('test/rare', 5)
    await prune(0)
    expect(await starts()).toHaveLength(5)
    await engine.move('59m')
    await engine.send({ name: 'test/rare', data: { n: 'late' } })
    await engine.move('2m')
    await prune(0)
    expect(await starts()).toEqual(['app-rare "late"'])
    await engine.send({ name: 'test/rare', data: { n: 'late' } }, { name: 'test/rare', data: { n: 3 } })
    await engine.move()
    expect(await starts()).toEqual(['app-rare "late"', 'app-rare 3'])
  })

  it('is an order to cancel that was carried out, and not one that was not', async () => {
    const order = { app_id: 'app', function_id: 'sleeper', started_before: new Date(Date.now() + DAY).toISOString() }
    const response = await engine.fetch('/v1/cancellations', { method: 'POST', body: JSON.stringify(order) })
    expect(response.status).toBe(200)
    await expect.poll(() => column('SELECT is_done FROM engine.cancellation')).toEqual([true])
    await db.query(`INSERT INTO engine.cancellation
      SELECT 'open', function_id, started_after, started_before, expression, created_at, seen_up_to, cancelled, false
      FROM engine.cancellation`)
    await prune(23 * HOUR)
    expect(await column('SELECT id FROM engine.cancellation')).toHaveLength(2)
    await prune(25 * HOUR)
    expect(await column('SELECT id FROM engine.cancellation')).toEqual(['open'])
  })

  describe('is a run, of which somebody asks at that very moment that it be run again:', () => {
    let holder: pg.Client

    afterEach(() => holder.end())

    const again = async (runId: string) => {
      const response = await engine.fetch(`/dev/runs/${runId}/rerun`, { method: 'POST' })
      return { status: response.status, body: (await response.json()) as { runId?: string; error?: string } }
    }
    /** The first run of a function, which the next round removes with its event; and what holds that up until it ends. */
    const oldest = async () => {
      const [eventId = ''] = await sendMany('test/fine', 4)
      const runId = (await engine.runsOf(eventId))[0]?.run_id ?? ''
      holder = new pg.Client(database.url)
      await holder.connect()
      await holder.query('BEGIN')
      return { eventId, runId }
    }
    const isBlocked = () =>
      expect
        .poll(() => column(`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`), { timeout: 20_000 })
        .not.toEqual([])
    /** Whether the run is all there when memory has nothing of it. */
    const outcome = async (runId = '') => {
      await engine.stop()
      engine = await TestEngine.start({ databaseUrl: database.url, functions: patient })
      return (await engine.engine.world.find(runId))?.events.length
    }

    it('it was gone first, which memory does not know', async () => {
      const { runId } = await oldest()
      await holder.end()
      await engine.engine.world.find(runId)
      await prune(2 * DAY)
      expect(engine.engine.world.runs.get(runId)).toBeDefined()
      expect(await again(runId)).toMatchObject({ status: 404, body: { error: `there is no run ${runId}` } })
      expect(await statuses()).toHaveLength(3)
    })

    it('it is in the middle of going, and is gone', async () => {
      const { eventId, runId } = await oldest()
      await holder.query('SELECT FROM engine.event WHERE id = $1 FOR UPDATE', [eventId])
      const pruned = prune(2 * DAY)
      await isBlocked()
      const asked = again(runId)
      await holder.end()
      await pruned
      expect((await asked).status).toBe(404)
      expect(await statuses()).toHaveLength(3)
    })

    it('it is being started anew, and the new run keeps what it needs', async () => {
      const { runId } = await oldest()
      await holder.query('LOCK TABLE engine.item IN EXCLUSIVE MODE')
      const asked = again(runId)
      await isBlocked()
      const query = vi.spyOn(engine.engine.world.readers, 'query')
      const pruned = prune(2 * DAY)
      await column('SELECT 1')
      // The removal asks the database nothing yet: it could not see the run that is not committed.
      expect(query).not.toHaveBeenCalled()
      await holder.end()
      const { status, body } = await asked
      await pruned
      expect([status, await column(`SELECT id FROM engine.run WHERE id = '${runId}'`)]).toEqual([200, []])
      expect(await outcome(body.runId)).toBe(1)
    })
  })

  it('is not for an engine to remove that another one has replaced', async () => {
    await sendMany('test/fine', 5)
    await expect(prune(2 * DAY, engine.engine.epoch - 1)).rejects.toThrow('another engine has taken over')
    expect(await statuses()).toHaveLength(5)
  })
})
