import { RetryAfterError } from 'inngest'
import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import { LEASE } from '@/engine/loop/lease'
import { Changes, writeChanges } from '@/engine/store/changes'
import { connectWriter } from '@/engine/store/connect'
import { beginCommit, beginEpoch, type Commit, isReplaced } from '@/engine/store/leadership'
import type { Functions, TestEngine } from '../support/engine'
import { HANGING, IMPATIENT, rivalEngines } from '../support/rival-engines'

let ran: string[]

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step, attempt }) => {
    await step.run('a', () => {
      ran.push(`at attempt ${attempt}`)
      if (attempt === 0) throw new RetryAfterError('not yet', 30_000)
    })
  }),
]

const { database, query, start } = rivalEngines(functions)

beforeEach(() => {
  ran = []
})

const count = async (table: string) =>
  (await query<{ n: number }>(`SELECT count(*)::int AS n FROM engine.${table}`)).rows[0]?.n

const cutLeader = () =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
     WHERE locktype = 'advisory' AND datname = current_database()`,
  )

/** The engine that leads does what is due; the other one would then do the same by its memory. */
const goOn = async (next: TestEngine, other: TestEngine) => {
  await next.move('1m')
  expect(ran).toEqual(['at attempt 0', 'at attempt 1'])
  other.engine.clock.offsetMs = next.engine.clock.offsetMs
  other.engine.dispatcher.pump()
}

describe('a leader that hangs', () => {
  it('is replaced, and what it then wants to commit is refused', async () => {
    let lost = ''
    const first = await start({ lease: HANGING, onLost: (reason: string) => (lost = reason) })
    await first.send({ name: 'test/go' })
    const next = await start({ lease: IMPATIENT })
    expect(next.engine.epoch).toBe(first.engine.epoch + 1)
    await expect(first.send({ name: 'test/go' })).rejects.toThrow()
    expect(lost).toBe('another engine has taken over')
    expect(await count('event')).toBe(1)
  })

  it('makes no call for what still stands as due in its memory', async () => {
    let lost = ''
    const first = await start({ lease: HANGING, onLost: (reason: string) => (lost = reason) })
    await first.send({ name: 'test/go' })
    await first.move()
    const next = await start({ lease: IMPATIENT })
    const calls = first.calls.length
    await goOn(next, first)
    await expect.poll(() => lost).toBe('another engine has taken over')
    expect(first.calls.length).toBe(calls)
    expect(ran).toEqual(['at attempt 0', 'at attempt 1'])
  })

  it('makes none either when it has lost its session a moment ago, and would else be sure of its lead for long', async () => {
    let lost = ''
    const first = await start({
      lease: { ...HANGING, trustMs: 3_600_000 },
      onLost: (reason: string) => (lost = reason),
    })
    await first.send({ name: 'test/go' })
    await first.move()
    const waiting = start({ lease: { ...IMPATIENT, takeOverMs: 3_600_000 } })
    await cutLeader()
    const next = await waiting
    const calls = first.calls.length
    await goOn(next, first)
    await expect.poll(() => lost).toBe('another engine has taken over')
    expect(first.calls.length).toBe(calls)
    expect(ran).toEqual(['at attempt 0', 'at attempt 1'])
  })

  it('does not tell an app to stop: it does not know the calls of the engine that leads now', async () => {
    const first = await start({ lease: HANGING })
    await start({ lease: IMPATIENT })
    const steps = [{ id: 'a'.repeat(40), op: 'StepRun', data: 1 }]
    const body = JSON.stringify({ qi_id: 'of the other engine', request_id: 'as well', steps })
    const { status } = await first.fetch('/v1/checkpoint/01M4P6H6C2YTVQ8PAB4S1K3W9D/async', { method: 'POST', body })
    expect(status).toBe(503)
  })
})

describe('a leader whose session is lost', () => {
  it('withholds a call that is on its way to the socket, and makes it when it leads again', async () => {
    const first = await start({ lease: { ...LEASE, beatMs: 3_600_000, trustMs: 3_600_000 } })
    const looks: unknown[] = []
    first.fault = async ({ mayGo }) => {
      first.fault = () => undefined
      looks.push(mayGo?.())
      await cutLeader()
      await expect.poll(() => mayGo?.()).toBe(false)
      throw new TransportError('withheld', 'not now')
    }
    await first.send({ name: 'test/go' })
    await first.move()
    expect(looks).toEqual([true])
    expect(ran).toEqual(['at attempt 0'])
  })
})

describe('a leader that lives', () => {
  it('is not replaced, however long others stand by', async () => {
    const first = await start({ lease: { ...LEASE, beatMs: 50 } })
    let isReplaced = false
    const next = start({ lease: { ...IMPATIENT, takeOverMs: 1_000 } }).then(() => {
      isReplaced = true
    })
    const beats = async () => {
      const { rows } = await query<{ value: string }>(`SELECT value FROM engine.meta WHERE key = 'heartbeat'`)
      return Number(rows[0]?.value.split('.')[1])
    }
    await expect.poll(beats, { timeout: 20_000 }).toBeGreaterThan(40)
    expect(isReplaced).toBe(false)
    await first.stop()
    await next
    expect(isReplaced).toBe(true)
  })
})

describe('a leader that the database keeps waiting', () => {
  it('is not replaced: another one would have to wait as well', async () => {
    const first = await start({ lease: { ...LEASE, beatMs: 50 } })
    const locking = new pg.Client(database.url)
    await locking.connect()
    await locking.query(`BEGIN; SELECT 1 FROM engine.meta WHERE key = 'heartbeat' FOR UPDATE`)
    const next = start({ lease: { ...IMPATIENT, takeOverMs: 150, pollMs: 10 } })
    const looks = new Set<string>()
    const look = async () => {
      const { rows } = await query<{ at: string }>(
        `SELECT query_start::text AS at FROM pg_stat_activity WHERE query LIKE '%isServed%' AND pid <> pg_backend_pid()`,
      )
      for (const { at } of rows) looks.add(at)
      return looks.size
    }
    await expect.poll(look, { timeout: 20_000, interval: 15 }).toBeGreaterThan(40)
    await locking.end()
    await first.send({ name: 'test/go' })
    await first.stop()
    expect((await next).engine.epoch).toBe(first.engine.epoch + 1)
  })
})

describe('a commit of an older epoch', () => {
  it('writes nothing, though its session lives', async () => {
    const first = await start()
    const { epoch } = first.engine
    await first.stop()
    const writer = await connectWriter(database.url)
    const changes = new Changes()
    changes.put('meta', { key: 'proof', value: '1' })
    await writeChanges(writer, changes, { epoch, name: 'a' })
    await beginEpoch(writer)
    changes.put('meta', { key: 'proof', value: '2' })
    await expect(writeChanges(writer, changes, { epoch, name: 'b' })).rejects.toSatisfy(isReplaced)
    expect((await query(`SELECT value FROM engine.meta WHERE key = 'proof'`)).rows).toEqual([{ value: '1' }])
    await writer.end()
  })

  it.each([
    { what: 'commit', held: beginCommit },
    {
      what: 'removal',
      held: ({ epoch }: Commit) => ({ text: 'SELECT engine.hold_lead($1)', values: [String(epoch)] }),
    },
  ])('is over before a new epoch begins, a $what as well', async ({ held }) => {
    const first = await start()
    const { epoch } = first.engine
    await first.stop()
    const [writer, db] = [await connectWriter(database.url), await connectWriter(database.url)]
    await db.query('BEGIN')
    await db.query(held({ epoch, name: 'a' }))
    const beginning = beginEpoch(writer)
    const waiting = () => query(`SELECT 1 FROM pg_locks WHERE NOT granted`)
    await expect.poll(async () => (await waiting()).rowCount).toBeGreaterThan(0)
    await db.query('COMMIT')
    expect(await beginning).toBe(epoch + 1)
    await Promise.all([writer.end(), db.end()])
  })

  it('does not wait for a removal of its own epoch', async () => {
    const first = await start()
    const { epoch } = first.engine
    await first.stop()
    const [writer, db] = [await connectWriter(database.url), await connectWriter(database.url)]
    await db.query('BEGIN')
    await db.query('SELECT engine.hold_lead($1)', [epoch])
    const changes = new Changes()
    changes.put('meta', { key: 'proof', value: '1' })
    await writeChanges(writer, changes, { epoch, name: 'a' })
    await db.query('ROLLBACK')
    await Promise.all([writer.end(), db.end()])
  })
})
