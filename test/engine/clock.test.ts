import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const HOUR = 3_600_000
const noon = Date.UTC(2030, 5, 1, 12)

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

beforeEach(async () => {
  ran = []
})

afterEach(async () => {
  await engine.stop(0)
})

const start = async (functions?: Functions, more: object = {}) => {
  engine = await TestEngine.start({ databaseUrl: database.url, ...(functions ? { functions } : {}), ...more })
}

/** Starts at noon of a day to come. */
const startAtNoon = async (functions: Functions) => {
  await start(functions)
  await engine.fetch('/dev/clock', { method: 'POST', body: JSON.stringify({ to: new Date(noon).toISOString() }) })
  ran = []
}

/** Full hours since noon, on the engine's clock. */
const hoursOn = () => Math.floor((engine.engine.clock.now() - noon) / HOUR)

/** Lets time go by while no engine runs. */
const letPass = async (ms: number) => {
  const client = new pg.Client(database.url)
  await client.connect()
  await client.query(`UPDATE engine.meta SET value = (value::bigint + $1)::text WHERE key = 'clock_offset_ms'`, [ms])
  await client.end()
}

const ticking: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'hourly', triggers: [{ cron: '0 * * * *' }] },
    async ({ event }) => void ran.push(`${event.data.scheduledAt}`),
  ),
]

describe('moving the clock', () => {
  it('makes things happen in the order in which they come due', async () => {
    await startAtNoon((inngest) =>
      [3, 1, 2].map((hours) =>
        inngest.createFunction({ id: `nap-${hours}`, triggers: [{ event: 'test/go' }] }, async ({ step }) => {
          await step.sleep('nap', `${hours}h`)
          await step.run('wake', () => void ran.push(`${hours}h at ${hoursOn()}`))
        }),
      ),
    )
    await engine.send({ name: 'test/go' })
    expect(await engine.move('4h')).toMatchObject({ settled: true, unsettled: [] })
    expect(hoursOn()).toBe(4)
    expect(ran).toEqual(['1h at 1', '2h at 2', '3h at 3'])
  })

  it('reaches what lies far beyond what is held in memory', async () => {
    await start((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.sleep('nap', '300d')
        await step.run('wake', () => void ran.push('awake'))
      }),
    ])
    await engine.send({ name: 'test/go' })
    await engine.move('299d')
    expect(ran).toEqual([])
    await engine.move('1d')
    expect(ran).toEqual(['awake'])
  })

  it('fires only the latest tick of a schedule within a move', async () => {
    await startAtNoon(ticking)
    await engine.move('5h')
    expect(ran).toEqual(['2030-06-01T17:00:00Z'])
  })

  it('fires each tick when it is asked to', async () => {
    await startAtNoon(ticking)
    await engine.move('3h', { crons: 'all' })
    expect(ran).toEqual(['2030-06-01T13:00:00Z', '2030-06-01T14:00:00Z', '2030-06-01T15:00:00Z'])
  })

  it('fires a tick once, though the engine is started anew between two moves', async () => {
    await startAtNoon(ticking)
    await engine.move('1h')
    await engine.stop()
    await start(ticking)
    await engine.move('59m')
    expect(ran).toEqual(['2030-06-01T13:00:00Z'])
  })

  it('fires a tick with its jitter later than it is due, each once', async () => {
    await startAtNoon((inngest) => [
      inngest.createFunction(
        // The SDK's types don't know of it, though it sends it on.
        { id: 'jittered', triggers: [{ cron: '0 * * * *', jitter: '5m' } as { cron: string }] },
        async ({ event }) => {
          const late = engine.engine.clock.now() - Date.parse(String(event.data.fireAt))
          ran.push(`${event.data.scheduledAt} ${late >= 0} ${event.data.fireAt !== event.data.scheduledAt}`)
        },
      ),
    ])
    await engine.move('10m')
    ran = []
    await engine.move('50m')
    expect(ran).toEqual([])
    await engine.move('5m')
    expect(ran).toEqual(['2030-06-01T13:00:00Z true true'])
    await engine.move('1h')
    expect(ran).toEqual(['2030-06-01T13:00:00Z true true', '2030-06-01T14:00:00Z true true'])
  })

  it('fires the latest missed tick when the engine was off', async () => {
    await startAtNoon(ticking)
    await engine.stop()
    await letPass(26.5 * HOUR)
    await start(ticking)
    await engine.move()
    expect(ran).toEqual(['2030-06-02T14:00:00Z'])
  })

  it('stops where something does not settle, and names it', async () => {
    const held = gate()
    await startAtNoon((inngest) => [
      inngest.createFunction({ id: 'stuck', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.sleep('nap', '1h')
        await step.run('stuck', () => held.opened)
      }),
    ])
    await engine.send({ name: 'test/go' })
    expect(await engine.move('5h', { limitMs: 300 })).toMatchObject({ settled: false, unsettled: ['app-stuck'] })
    expect(hoursOn()).toBe(1)
    held.open()
    expect(await engine.move('4h')).toMatchObject({ settled: true })
  })

  it('tells the app with every call how far time was moved', async () => {
    let offset: string | undefined
    await start((inngest) => [inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => 1)])
    engine.fault = ({ headers }) => {
      offset = headers['x-engine-clock-offset-ms']
      return undefined
    }
    await engine.move('1d')
    await engine.send({ name: 'test/go' })
    await engine.move()
    expect(offset).toBe(String(engine.engine.clock.offsetMs))
    expect(Number(offset)).toBeGreaterThanOrEqual(24 * HOUR - 1_000)
  })

  it.each([
    [{}, 'one of by and to'],
    [{ by: '1h', to: '2027-01-01T00:00:00Z' }, 'one of by and to'],
    [{ by: 'soon' }, 'by'],
    [{ by: -5 }, 'by'],
    [{ to: '2020-01-01T00:00:00Z' }, 'only goes forward'],
    [{ to: 'tomorrow' }, 'to'],
    [{ by: '4000d' }, 'ten years'],
    [{ by: '1h', crons: 'some' }, 'crons'],
    [{ by: '1h', far: true }, 'far'],
  ])('is refused, naming the field: %j', async (body, words) => {
    await start()
    const response = await engine.fetch('/dev/clock', { method: 'POST', body: JSON.stringify(body) })
    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain(words)
    expect(engine.engine.clock.offsetMs).toBe(0)
  })

  it('is refused in live mode', async () => {
    await start(undefined, { mode: 'live' })
    const response = await engine.fetch('/dev/clock', { method: 'POST', body: '{"by":"1h"}' })
    expect(response.status).toBe(403)
    expect((await engine.fetch('/dev/clock')).status).toBe(200)
  })
})
