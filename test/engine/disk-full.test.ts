import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LEASE } from '@/engine/loop/lease'
import { ownDatabase } from '../support/database'
import { EVENT_KEY, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]
let held: ReturnType<typeof gate>
let db: pg.Client

const start = () =>
  TestEngine.start({
    databaseUrl: database.url,
    lease: { ...LEASE, beatMs: 100, trustMs: 300 },
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step, attempt }) => {
        const { n } = event.data
        await step.run('a', async () => {
          ran.push(`a${n}`)
          if (n === 1) await held.opened
        })
        await step.sleep('nap', '1h')
        await step.run('b', () => void ran.push(`b${n} at attempt ${attempt}`))
        return n
      }),
    ],
  })

beforeEach(async () => {
  ran = []
  held = gate()
  engine = await start()
  db = new pg.Client(database.url)
  await db.connect()
})

afterEach(async () => {
  await db.end()
  await engine.stop(0)
})

const TABLES = ['event', 'run', 'step', 'item', 'meta']

/** Every write is refused as PostgreSQL refuses it when a file can't grow. */
async function fillDisk(): Promise<void> {
  await db.query(`CREATE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`)
  for (const table of TABLES)
    await db.query(
      `CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON engine.${table} EXECUTE FUNCTION refuse_write()`,
    )
}

async function freeDisk(): Promise<void> {
  for (const table of TABLES) await db.query(`DROP TRIGGER disk_full ON engine.${table}`)
}

const post = async (n: number) => {
  const body = JSON.stringify({ id: `go-${n}`, name: 'test/go', data: { n } })
  const response = await engine.fetch(`/e/${EVENT_KEY}`, { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as { ids?: string[] } }
}

describe('a full disk', () => {
  it('refuses new events with 503 and loses nothing: answers that came meanwhile are kept until there is room', async () => {
    const [slow] = await engine.send({ name: 'test/go', data: { n: 1 } })
    await expect.poll(() => ran).toEqual(['a1'])
    await fillDisk()
    held.open()
    expect(await post(2)).toMatchObject({ status: 503, body: { status: 503 } })
    expect((await db.query('SELECT 1 FROM engine.event')).rowCount).toBe(1)
    await freeDisk()
    await expect.poll(async () => (await post(2)).status, { timeout: 10_000 }).toBe(200)
    const { rows } = await db.query(`SELECT id FROM engine.event WHERE public_id = 'go-2' ORDER BY id LIMIT 1`)
    await engine.move('1h')
    expect(await engine.runsOf(slow)).toMatchObject([{ status: 'Completed', output: 1 }])
    expect(await engine.runsOf(rows[0].id)).toMatchObject([{ status: 'Completed', output: 2 }])
    expect(ran.toSorted()).toEqual(['a1', 'a2', 'b1 at attempt 0', 'b2 at attempt 0'])
  })

  it('is waited out by an engine that comes to lead meanwhile', async () => {
    await engine.stop()
    await fillDisk()
    let leads = false
    const starting = start().then((started) => {
      leads = true
      return started
    })
    const tries = async () =>
      (await db.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%'`)).rowCount
    await expect.poll(tries).toBeGreaterThan(0)
    expect(leads).toBe(false)
    await freeDisk()
    engine = await starting
    expect(engine.engine.epoch).toBe(2)
  })
})
