import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LEASE } from '@/engine/loop/lease'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

/** One that shows a sign of life at its start and never again by itself, as if its process hung from then on. */
const HANGING = { ...LEASE, beatMs: 3_600_000, trustMs: 200 }
const IMPATIENT = { ...LEASE, takeOverMs: 300, pollMs: 50 }

const database = ownDatabase()
let engines: TestEngine[]
let ran: string[]
let other: pg.Client

beforeEach(async () => {
  ran = []
  engines = []
  other = new pg.Client(database.url)
  await other.connect()
})

afterEach(async () => {
  await other.end()
  for (const engine of engines) await engine.stop(0)
})

const ticking: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'hourly', triggers: [{ cron: '0 * * * *' }] },
    async ({ event }) => void ran.push(`${event.data.scheduledAt}`),
  ),
]

async function start(more: object = {}): Promise<TestEngine> {
  const engine = await TestEngine.start({ databaseUrl: database.url, functions: ticking, ...more })
  engines.push(engine)
  return engine
}

/** The first engine, at half past an hour of a day to come. */
async function startFirst(more: object = {}): Promise<TestEngine> {
  const first = await start({ lease: HANGING, ...more })
  await first.fetch('/dev/clock', { method: 'POST', body: '{"to":"2030-06-01T12:30:00Z"}' })
  ran = []
  await other.query('DELETE FROM engine.event')
  return first
}

const storedTicks = async () =>
  (await other.query(`SELECT public_id FROM engine.event WHERE name = 'inngest/scheduled.timer'`)).rowCount

describe('a schedule under two engines', () => {
  it('fires once for a tick that stands as due in the memory of both', async () => {
    let lost = ''
    const first = await startFirst({ onLost: (reason: string) => (lost = reason) })
    const next = await start({ lease: IMPATIENT })
    await next.move('1h')
    first.engine.clock.offsetMs = next.engine.clock.offsetMs
    first.engine.dispatcher.pump()
    await expect.poll(() => lost).toBe('another engine has taken over')
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
  })

  it('fires once for a tick that the one has fired before the other took over', async () => {
    const first = await startFirst()
    await first.move('1h')
    expect(ran).toEqual(['2030-06-01T13:00:00Z'])
    const next = await start({ lease: IMPATIENT })
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
    await next.move('1h')
    expect(ran).toEqual(['2030-06-01T13:00:00Z', '2030-06-01T14:00:00Z'])
  })

  it('fires for a tick that the one had not fired when the other took over', async () => {
    const first = await startFirst()
    // As if it were killed a moment before.
    first.engine.dispatcher.stop()
    await other.query(`UPDATE engine.meta SET value = $1 WHERE key = 'clock_offset_ms'`, [
      String(Date.UTC(2030, 5, 1, 13, 15) - Date.now()),
    ])
    const next = await start({ lease: IMPATIENT })
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
  })
})
