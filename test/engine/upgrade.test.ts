import { referenceFunction } from 'inngest'
import pg from 'pg'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '@/engine/model/json'
import { migrations } from '@/engine/store/migrations'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const HOUR = 3_600_000
const STEP_A = '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'
const STEP_NAP = 'c2640f79b4ed481b838ce4ad75330aa3f825d4d9'
const STEP_REPLY = 'a5dfd1e2a15413c239c56947f6e8790101036d25'

const database = ownDatabase()
let db: pg.Client
let ran: string[]

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step }) => {
    const a = await step.run('a', () => {
      ran.push('a')
      return 'anew'
    })
    await step.sleep('nap', '1h')
    const reply = await step.waitForEvent('reply', { event: 'test/reply', timeout: '1d', match: 'data.id' })
    return [a, await step.run('b', () => event.data.id), reply?.data.id]
  }),
]

beforeEach(async () => {
  ran = []
  db = new pg.Client(database.url)
  await db.connect()
})

afterEach(async () => {
  await db.end()
})

/** Tables as a version of the engine has left them, with a function of its time. */
async function install(version: number): Promise<void> {
  await db.query('DROP SCHEMA engine CASCADE')
  await db.query('CREATE SCHEMA engine')
  await db.query('CREATE TABLE engine.migration (version int PRIMARY KEY, applied_at timestamptz NOT NULL)')
  for (const [i, sql] of migrations.slice(0, version).entries()) {
    await db.query(sql)
    await db.query('INSERT INTO engine.migration VALUES ($1, now())', [i + 1])
  }
  const config = {
    id: 'app-f',
    triggers: [{ event: 'test/go' }],
    steps: { step: { runtime: { type: 'http', url: 'http://app.test/api/inngest?fnId=app-f&stepId=step' } } },
  }
  await db.query(`INSERT INTO engine.app VALUES ('app', 'http://app.test/api/inngest', 'js', 'old', now())`)
  await db.query(`INSERT INTO engine.function VALUES ('app-f', 'app', true, $1)`, [JSON.stringify(config)])
}

type StepRow = [id: string, op: string, name: string, memo: string | null]

/** A run of that version. @returns the id of its event. */
async function insertRun(n: number, status: 'queued' | 'running', steps: StepRow[], item: string[]): Promise<string> {
  const [runId, eventId] = [`01ARZ3NDEKTSV4RRFFQ69G5FA${n}`, `01ARZ3NDEKTSV4RRFFQ69G5FB${n}`]
  const event = { name: 'test/go', data: { id: n }, id: eventId, ts: Date.now(), user: {} }
  await db.query(`INSERT INTO engine.event VALUES ($1, 'test/go', $1, $2, now(), now())`, [
    eventId,
    canonicalJson(event),
  ])
  await db.query(
    `INSERT INTO engine.run (id, function_id, status, event_id, created_at, started_at, version, score, limit_keys)
     VALUES ($1, 'app-f', $3, $2, now(), CASE $3 WHEN 'queued' THEN NULL ELSE now() END, 2, 0, '[]')`,
    [runId, eventId, status],
  )
  for (const [place, [id, op, name, memo]] of steps.entries())
    await db.query('INSERT INTO engine.step VALUES ($1, $2, $3, $4, $5, NULL, $6, $7)', [
      ...[runId, id, op, name],
      ...(memo === null ? ['pending', null, null] : ['done', memo, place]),
    ])
  const [kind, stepId, dueIn] = item
  await db.query(
    `INSERT INTO engine.item (id, run_id, kind, step_id, attempt, due_at, score, resets)
     VALUES ($1, $2, $3, $4, 0, now() + $5::interval, 0, 0)`,
    [`item-${n}`, runId, kind, stepId, dueIn],
  )
  return eventId
}

describe('tables of an older version', () => {
  const a: StepRow = [STEP_A, 'StepRun', 'a', '{"data":"before"}']
  const nap = (memo: string | null): StepRow => [STEP_NAP, 'Sleep', 'nap', memo]

  it.each(migrations.slice(0, -1).map((_, i) => i + 1))(
    '(%i) are brought up to date, and its runs go on where they were',
    async (version) => {
      await install(version)
      const asleep = await insertRun(1, 'running', [a, nap(null)], ['wake', STEP_NAP, '1h'])
      const waiting = await insertRun(
        2,
        'running',
        [a, nap('null'), [STEP_REPLY, 'WaitForEvent', 'reply', null]],
        ['wake', STEP_REPLY, '1d'],
      )
      await db.query(
        `INSERT INTO engine.wait
       VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FA2', $1, 'event', 'test/reply', 'event.data.id == async.data.id', 'data.id=2', now() + '1d')`,
        [STEP_REPLY],
      )
      const queued = await insertRun(3, 'queued', [], ['discovery', '', '-1s'])
      const engine = await TestEngine.start({ databaseUrl: database.url, functions })
      const versions = await db.query('SELECT version FROM engine.migration ORDER BY version')
      expect(versions.rows).toEqual(migrations.map((_, i) => ({ version: i + 1 })))
      await engine.send({ name: 'test/reply', data: { id: 2 } })
      await engine.move(HOUR)
      await engine.send(...[1, 3].map((id) => ({ name: 'test/reply', data: { id } })))
      await engine.move()
      const outputs = await Promise.all(
        [asleep, waiting, queued].map(async (id) => (await engine.runsOf(id))[0]?.output),
      )
      expect(outputs).toEqual([
        ['before', 1, 1],
        ['before', 2, 2],
        ['anew', 3, 3],
      ])
      expect(ran).toEqual(['a'])
      await engine.stop()
    },
  )
})

describe('tables of a newer version', () => {
  it('are refused in words, also by an engine that stands by', async () => {
    const engine = await TestEngine.start({ databaseUrl: database.url, functions })
    await db.query('INSERT INTO engine.migration VALUES (1000, now())')
    await expect(TestEngine.start({ databaseUrl: database.url })).rejects.toThrow('version 1000, newer than')
    await engine.stop()
  })
})

describe('a function whose stored configuration is no longer accepted', () => {
  const lines: { level: number; functionId?: string; problem?: string; msg: string }[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  let engine: TestEngine

  const several: Functions = (inngest) => [
    ...functions(inngest),
    inngest.createFunction({ id: 'other', triggers: [{ event: 'test/other' }] }, async ({ step }) => {
      await step.sleep('nap', '1h')
      return 'done'
    }),
    inngest.createFunction(
      { id: 'batched', triggers: [{ event: 'test/batch' }], batchEvents: { maxSize: 5, timeout: '60s' } },
      async ({ events }) => ran.push(`batch of ${events.length}`),
    ),
    inngest.createFunction({ id: 'cron', triggers: [{ cron: '0 * * * *' }] }, () => void ran.push('tick')),
    inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }], retries: 0 }, async ({ step }) => {
      const f = referenceFunction({ functionId: 'f' })
      return step.invoke('call', { function: f, data: {} }).catch((error: Error) => error.message)
    }),
  ]

  /** Stops the engine, spoils what is stored as an older engine could have stored it, and starts it again. */
  const upgrade = async (ids: string[], change: object) => {
    await engine.stop()
    for (const id of ids)
      await db.query('UPDATE engine.function SET config = (config::jsonb || $2::jsonb)::text WHERE id = $1', [
        `app-${id}`,
        JSON.stringify(change),
      ])
    engine = await TestEngine.start({ databaseUrl: database.url, log, storeLimitMs: 20_000 })
    // The app is there, and has not registered itself anew.
    engine.serveSilently(several)
  }
  const shown = async () =>
    ((await (await engine.fetch('/dev/functions')).json()) as { functions: { id: string; problem: string | null }[] })
      .functions

  beforeEach(async () => {
    lines.length = 0
    engine = await TestEngine.start({ databaseUrl: database.url, functions: several })
  })

  afterEach(async () => {
    await engine.stop(0)
  })

  it('is set aside, in words, and everything else runs', async () => {
    const [slept] = await engine.send({ name: 'test/go', data: { id: 7 } })
    const [other] = await engine.send({ name: 'test/other' })
    await engine.move()
    await upgrade(['f'], { fromTheFuture: true })
    const problem = 'app-f uses fromTheFuture, which this engine does not support'
    expect(lines).toMatchObject([{ level: 50, functionId: 'app-f', problem }])
    expect(lines[0]?.msg).toContain('set aside')
    expect((await shown()).filter(({ problem }) => problem)).toMatchObject([{ id: 'app-f', problem }])
    const [call] = await engine.send({ name: 'test/call' })
    expect(await engine.move('1h')).toMatchObject({ settled: true })
    expect(await engine.runsOf(other)).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(await engine.runsOf(slept)).toMatchObject([{ status: 'Running' }])
    expect(await engine.runsOf(call)).toMatchObject([{ output: expect.stringContaining(problem) }])
  })

  it('goes on with its runs as soon as its app registers it anew, also the same as before', async () => {
    const [slept] = await engine.send({ name: 'test/go', data: { id: 7 } })
    await engine.move()
    await upgrade(['f'], { fromTheFuture: true })
    await engine.move('1h')
    await engine.serve(several)
    await engine.move()
    await engine.send({ name: 'test/reply', data: { id: 7 } })
    await engine.move()
    expect(await engine.runsOf(slept)).toMatchObject([{ status: 'Completed', output: ['anew', 7, 7] }])
    expect(ran.filter((name) => name === 'a')).toEqual(['a'])
    expect((await shown()).filter(({ problem }) => problem)).toEqual([])
  })

  it('keeps what it had gathered, and its schedule, of which the latest tick then fires', async () => {
    await engine.send({ name: 'test/batch' }, { name: 'test/batch' })
    await upgrade(['batched', 'cron'], { triggers: [{ event: 'test/batch', expression: 'not ( an expression' }] })
    expect(lines.map(({ functionId }) => functionId).sort()).toEqual(['app-batched', 'app-cron'])
    expect(await engine.move('5h', { crons: 'all' })).toMatchObject({ settled: true })
    expect(ran).toEqual([])
    await engine.serve(several)
    await engine.move()
    expect(ran.sort()).toEqual(['batch of 2', 'tick'])
    await engine.move('1h')
    expect(ran.filter((name) => name === 'tick')).toHaveLength(2)
  })

  it('is no longer waited for when its app has it no more; its runs can be cancelled', async () => {
    const [slept] = await engine.send({ name: 'test/go', data: { id: 7 } })
    await engine.move()
    await upgrade(['f', 'cron'], { fromTheFuture: true })
    await engine.serve((inngest) => several(inngest).filter((fn) => !['f', 'cron'].includes(fn.id())))
    await engine.move('2h')
    expect((await db.query('SELECT id FROM engine.function WHERE NOT is_active ORDER BY id')).rows).toEqual([
      { id: 'app-cron' },
      { id: 'app-f' },
    ])
    expect((await db.query('SELECT function_id FROM engine.cron')).rows).toEqual([])
    const order = { app_id: 'app', function_id: 'f', started_before: new Date(Date.now() + 86_400_000).toISOString() }
    await engine.fetch('/v1/cancellations', { method: 'POST', body: JSON.stringify(order) })
    await expect.poll(() => engine.runsOf(slept)).toMatchObject([{ status: 'Cancelled' }])
  })

  it('is told of once, however often the database is lost', async () => {
    await upgrade(['f'], { fromTheFuture: true })
    await db.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    await engine.send({ name: 'test/other' })
    await engine.move('1h')
    expect(lines.filter(({ functionId }) => functionId)).toHaveLength(1)
    expect((await shown()).filter(({ problem }) => problem)).toHaveLength(1)
  })
})
