import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '@/engine/model/json'
import { migrations } from '@/engine/store/migrations'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const HOUR = 3_600_000
const STEP_A = '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'
const STEP_NAP = 'c2640f79b4ed481b838ce4ad75330aa3f825d4d9'

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

/** Tables as the first version of the engine has made them, with a run of it that sleeps. */
async function installFirst(runId: string, eventId: string): Promise<void> {
  await db.query('CREATE SCHEMA engine')
  await db.query('CREATE TABLE engine.migration (version int PRIMARY KEY, applied_at timestamptz NOT NULL)')
  await db.query(migrations[0] ?? '')
  await db.query('INSERT INTO engine.migration VALUES (1, now())')
  const event = { name: 'test/go', data: { id: 7 }, id: eventId, ts: Date.now(), user: {} }
  const config = {
    id: 'app-f',
    triggers: [{ event: 'test/go' }],
    steps: { step: { runtime: { type: 'http', url: 'http://app.test/api/inngest?fnId=app-f&stepId=step' } } },
  }
  await db.query(`INSERT INTO engine.app VALUES ('app', 'http://app.test/api/inngest', 'js', 'old', now())`)
  await db.query(`INSERT INTO engine.function VALUES ('app-f', 'app', true, $1)`, [JSON.stringify(config)])
  await db.query(`INSERT INTO engine.event VALUES ($1, 'test/go', $1, $2, now(), now())`, [
    eventId,
    canonicalJson(event),
  ])
  await db.query(
    `INSERT INTO engine.run (id, function_id, status, event_id, created_at, started_at, version, score, limit_keys)
     VALUES ($1, 'app-f', 'running', $2, now(), now(), 2, 0, '[]')`,
    [runId, eventId],
  )
  await db.query(
    `INSERT INTO engine.step (run_id, id, op, name, status, memo, place)
     VALUES ($1, $2, 'StepRun', 'a', 'done', '{"data":"before"}', 0), ($1, $3, 'Sleep', 'nap', 'pending', NULL, NULL)`,
    [runId, STEP_A, STEP_NAP],
  )
  await db.query(
    `INSERT INTO engine.item (id, run_id, kind, step_id, attempt, due_at, score, resets)
     VALUES ('item', $1, 'wake', $2, 0, now() + interval '1 h', 0, 0)`,
    [runId, STEP_NAP],
  )
}

describe('tables of the first version', () => {
  it('are brought up to date, and a run that slept through it goes on where it was', async () => {
    await installFirst('01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAW')
    const engine = await TestEngine.start({ databaseUrl: database.url, functions })
    const versions = await db.query('SELECT version FROM engine.migration ORDER BY version')
    expect(versions.rows).toEqual(migrations.map((_, i) => ({ version: i + 1 })))
    await engine.move(HOUR)
    await engine.send({ name: 'test/reply', data: { id: 7 } })
    await engine.move()
    expect(await engine.runsOf('01ARZ3NDEKTSV4RRFFQ69G5FAW')).toMatchObject([
      { status: 'Completed', output: ['before', 7, 7] },
    ])
    expect(ran).toEqual([])
    await engine.stop()
  })
})

describe('tables of a newer version', () => {
  it('are refused in words, also by an engine that stands by', async () => {
    const engine = await TestEngine.start({ databaseUrl: database.url, functions })
    await db.query('INSERT INTO engine.migration VALUES (1000, now())')
    await expect(TestEngine.start({ databaseUrl: database.url })).rejects.toThrow('version 1000, newer than')
    await engine.stop()
  })
})
