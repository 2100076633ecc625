import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Chance } from '../support/chance'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const MINUTE = 60_000
const KEYS = ['a', 'b', 'c']
const ACTIONS = 60

const database = ownDatabase()
let engine: TestEngine
let db: pg.Client

beforeEach(async () => {
  db = new pg.Client(database.url)
  await db.connect()
  await start()
})

afterEach(async () => {
  await db.end()
  await engine.stop(0)
})

const key = 'event.data.k'

const functions: Functions = (inngest) => {
  const on = (id: string) => ({ id, triggers: [{ event: `test/${id}` }] })
  const napping = async ({ step }: { step: { sleep: (id: string, time: string) => Promise<void> } }) =>
    step.sleep('nap', '7m')
  return [
    inngest.createFunction(
      { ...on('batch'), batchEvents: { maxSize: 4, timeout: '600s', key } },
      async ({ events }) => events.length,
    ),
    inngest.createFunction({ ...on('debounce'), debounce: { period: '10m', timeout: '25m', key } }, async () => 1),
    inngest.createFunction({ ...on('rate'), rateLimit: { limit: 3, period: '30m', key } }, async () => 1),
    inngest.createFunction({ ...on('throttle'), throttle: { limit: 2, period: '10m', key } }, async () => 1),
    inngest.createFunction({ ...on('skip'), singleton: { mode: 'skip', key } }, napping),
    inngest.createFunction({ ...on('cancel'), singleton: { mode: 'cancel', key } }, napping),
  ]
}

const names = ['batch', 'debounce', 'rate', 'throttle', 'skip', 'cancel']

async function start(): Promise<void> {
  engine = await TestEngine.start({ databaseUrl: database.url, functions, storeLimitMs: 20_000 })
}

/** One thing that happens to the engine. */
async function act(chance: Chance, count: { events: number }): Promise<void> {
  const what = chance.next()
  if (what < 0.55) {
    const events = Array.from({ length: chance.between(1, 6) }, () => ({
      name: `test/${chance.pick(names)}`,
      // Now and then an event comes twice.
      id: `e${chance.is(0.1) ? chance.below(count.events) : count.events++}`,
      data: { k: chance.pick(KEYS) },
    }))
    await engine.send(...events)
  } else if (what < 0.8) await engine.move(chance.below(12 * MINUTE))
  else if (what < 0.88) {
    await engine.stop()
    await start()
  } else if (what < 0.94) engine.engine.world.runs.clear()
  else
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'backroom-engine'`,
    )
}

type RunRow = { key: string; created: number; started: number | null; ended: number | null; events: string[] }

/** The runs of a function, oldest first, with the ids of their events. */
async function runsOf(name: string): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `SELECT (first.body::jsonb -> 'data' ->> 'k') AS key, extract(epoch FROM run.created_at)::float8 * 1000 AS created,
       extract(epoch FROM run.started_at)::float8 * 1000 AS started,
       extract(epoch FROM run.ended_at)::float8 * 1000 AS ended,
       coalesce((SELECT array_agg(event_id ORDER BY place) FROM engine.batch_event WHERE batch_id = run.batch_id),
         ARRAY[run.event_id]) AS events
     FROM engine.run JOIN engine.event AS first ON first.id = run.event_id
     WHERE function_id = $1 ORDER BY run.created_at, run.id`,
    [`app-${name}`],
  )
  return rows
}

type EventRow = { id: string; publicId: string; key: string; received: number }

/** The events of a function, as they came; of those with the same id the first. */
async function eventsOf(name: string): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT DISTINCT ON (public_id) id, public_id AS "publicId", body::jsonb -> 'data' ->> 'k' AS key,
       extract(epoch FROM received_at)::float8 * 1000 AS received
     FROM engine.event WHERE name = $1 ORDER BY public_id, id`,
    [`test/${name}`],
  )
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The most instants that lie within any stretch of this length. */
function mostWithin(instants: number[], ms: number): number {
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + ms).length))
}

describe.each([1, 2, 24])('flow control under whatever happens (seed %i)', (seed) => {
  it('keeps every promise', { timeout: 120_000 }, async () => {
    const chance = new Chance(seed)
    const count = { events: 0 }
    for (let n = 0; n < ACTIONS; n++) await act(chance, count)
    expect(await engine.move('10d', { limitMs: 60_000 })).toMatchObject({ settled: true })
    const batches = await runsOf('batch')
    const gathered = await eventsOf('batch')
    expect(batches.flatMap(({ events }) => events).sort()).toEqual(gathered.map(({ id }) => id).sort())
    const keyOf = new Map(gathered.map(({ id, key }) => [id, key]))
    for (const { events, key } of batches) {
      expect(events.length).toBeLessThanOrEqual(4)
      expect(new Set(events.map((id) => keyOf.get(id)))).toEqual(new Set([key]))
    }
    for (const key of KEYS) {
      const of = async (name: string) => (await runsOf(name)).filter((run) => run.key === key)
      const rate = await of('rate')
      expect(
        mostWithin(
          rate.map(({ created }) => created),
          30 * MINUTE,
        ),
      ).toBeLessThanOrEqual(3)
      const throttled = await of('throttle')
      expect(throttled).toHaveLength((await eventsOf('throttle')).filter((event) => event.key === key).length)
      // Two at once, then one every five minutes.
      expect(
        mostWithin(
          throttled.map(({ started }) => started ?? 0),
          5 * MINUTE - 1_000,
        ),
      ).toBeLessThanOrEqual(2)
      for (const name of ['skip', 'cancel'])
        for (const [i, run] of (await of(name)).entries())
          if (i > 0) expect(run.created).toBeGreaterThanOrEqual((await of(name))[i - 1]?.ended ?? Number.NaN)
      const last = (await eventsOf('cancel')).filter((event) => event.key === key).at(-1)
      expect((await of('cancel')).at(-1)?.events[0]).toBe(last?.id)
      const debounced = (await eventsOf('debounce')).filter((event) => event.key === key)
      const starts = await of('debounce')
      expect(starts.at(-1)?.events[0]).toBe(debounced.at(-1)?.id)
      for (const [i, { created }] of starts.entries())
        if (i > 0) expect(created - (starts[i - 1]?.created ?? 0)).toBeGreaterThanOrEqual(10 * MINUTE - 2_000)
    }
  })
})
