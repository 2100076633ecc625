import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { LEASE } from '@/engine/loop/lease'
import { ownDatabase } from '../support/database'
import { TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let counts: Map<string, number>
let other: pg.Client

beforeEach(async () => {
  counts = new Map()
  const count = (key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)
  engine = await TestEngine.start({
    databaseUrl: database.url,
    storeLimitMs: 3_000,
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step }) => {
        await step.run('a', () => count(`a${event.data.n}`))
        await step.sleep('nap', '1h')
        await step.run('b', () => count(`b${event.data.n}`))
        return event.data.n
      }),
    ],
  })
  other = new pg.Client(database.url)
  await other.connect()
})

afterEach(async () => {
  await other.end()
  await engine.stop(0)
})

const cutAll = () =>
  other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'backroom-engine'`,
  )

describe('a database that drops its connections', () => {
  it('loses no event and no run', async () => {
    const ids: string[] = []
    for (let n = 0; n < 30; n++) {
      ids.push(...(await engine.send({ name: 'test/go', data: { n } })))
      if (n % 10 === 5) await cutAll()
    }
    await engine.move('30m')
    await cutAll()
    await engine.move('1h')
    for (const [n, id] of ids.entries())
      expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: n }])
  })

  it('does not make a step run twice whose result was stored', async () => {
    await engine.send({ name: 'test/go', data: { n: 1 } })
    await engine.move()
    await cutAll()
    await engine.move('1h')
    expect(Object.fromEntries(counts)).toEqual({ a1: 1, b1: 1 })
  })
})

describe('moving the clock while the database drops its connections', () => {
  it('comes to rest all the same', async () => {
    await engine.send({ name: 'test/go', data: { n: 1 } })
    for (let n = 0; n < 15; n++) {
      await cutAll()
      expect(await engine.move('5m')).toMatchObject({ settled: true, unsettled: [] })
    }
    expect(Object.fromEntries(counts)).toEqual({ a1: 1, b1: 1 })
  })
})

describe('a database that is away', () => {
  const name = () => new URL(database.url).pathname.slice(1)
  let admin: pg.Client

  beforeEach(async () => {
    admin = new pg.Client(inject('postgresUrl'))
    await admin.connect()
  })

  afterEach(async () => {
    await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`)
    await admin.end()
  })

  it('lets a sender hear so, and takes the same events once when it is back', async () => {
    await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`)
    await cutAll()
    const headers = { 'x-inngest-event-id-seed': `${Date.now()},${Buffer.from('0123456789').toString('base64')}` }
    const send = () =>
      engine.fetch('/e/test-event-key', { method: 'POST', headers, body: '[{"name":"test/go","data":{"n":1}}]' })
    const refused = await send()
    expect([refused.status, await refused.json()]).toMatchObject([503, { status: 503 }])
    await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`)
    await expect.poll(async () => (await send()).status).toBe(200)
    await send()
    await engine.move('2h')
    expect(Object.fromEntries(counts)).toEqual({ a1: 1, b1: 1 })
  })
})

describe('a second engine on the same database', () => {
  it('stands by, takes over when the first loses its connection, and the first can commit nothing more', async () => {
    let lost = ''
    await engine.stop()
    // It has nothing to do for a while, or it would lead again before the other one looks.
    const lease = { ...LEASE, beatMs: 3_600_000 }
    engine = await TestEngine.start({ databaseUrl: database.url, lease, onLost: (reason) => (lost = reason) })
    let isLeading = false
    const second = TestEngine.start({ databaseUrl: database.url }).then((started) => {
      isLeading = true
      return started
    })
    await engine.send({ name: 'test/nobody' })
    expect(isLeading).toBe(false)
    await cutAll()
    const next = await second
    expect(next.engine.epoch).toBe(engine.engine.epoch + 1)
    await expect(engine.send({ name: 'test/nobody' })).rejects.toThrow()
    expect(lost).toContain('another engine has taken over')
    const { rows } = await other.query(`SELECT count(*)::int AS events FROM engine.event`)
    expect(rows).toEqual([{ events: 1 }])
    await next.stop()
  })

  it('that loses its connection while it installs its tables tries again', async () => {
    await engine.stop()
    await other.query(`SELECT pg_advisory_lock(hashtext('backroom-engine-install'))`)
    const starting = TestEngine.start({ databaseUrl: database.url })
    const installing = () => other.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)
    await expect.poll(async () => (await installing()).rowCount).toBe(1)
    await cutAll()
    await other.query(`SELECT pg_advisory_unlock_all()`)
    engine = await starting
    expect(engine.engine.epoch).toBe(2)
  })
})
