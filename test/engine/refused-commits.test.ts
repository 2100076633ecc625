import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import type { HttpAnswer } from '@/engine/model/answer'
import { type Connect, connectWriter, realConnections } from '@/engine/store/connect'
import type { Statement } from '@/engine/store/table'
import { Transaction } from '@/engine/store/transaction'
import { ownDatabase } from '../support/database'
import { gate, TestEngine } from '../support/engine'

const DISK_FULL: Statement = {
  name: 'disk_full',
  text: `DO $$ BEGIN RAISE 'no space left on device' USING ERRCODE = 'disk_full'; END $$`,
  values: [],
}
const WRONG: Statement = { name: 'wrong', text: 'SELECT 1 / $1::int', values: ['0'] }
const [A, B] = ['a'.repeat(40), 'b'.repeat(40)]

const database = ownDatabase()
let engine: TestEngine
let db: pg.Client
/** Called when one was. */
let refused: () => void
/** True for the statement that finds the disk full. */
let isFull: (name: string) => boolean
/** True for the one that is refused for what it says. */
let isWrong: (name: string) => boolean

/** A session that finds the disk full when the test says so, as PostgreSQL would: the rest of the commit is refused. */
const connect: Connect = {
  ...realConnections,
  writer: async (url) => {
    const client = await connectWriter(url)
    const query = client.query.bind(client) as (asked: unknown) => unknown
    const refusing = (asked: unknown) => {
      if (!(asked instanceof Transaction)) return query(asked)
      let isRefused = false
      const statements = asked.statements.map((statement) => {
        if (isWrong(statement.name)) return WRONG
        if (!isFull(statement.name)) return statement
        isRefused = true
        return DISK_FULL
      })
      const ended = (error?: Error) => {
        if (isRefused) refused()
        return error ? asked.handleError(error) : asked.handleReadyForQuery()
      }
      return query(new Transaction(statements, ended))
    }
    return Object.assign(client, { query: refusing }) as pg.Client
  },
}

beforeEach(async () => {
  refused = () => {}
  isFull = () => false
  isWrong = () => false
  db = new pg.Client(database.url)
  await db.connect()
  engine = await TestEngine.start({
    databaseUrl: database.url,
    connect,
    // Longer than the rest of a commit, shorter than the pause after one that was refused.
    transportWaitMs: () => 5,
    functions: (inngest) => [inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => 1)],
  })
})

afterEach(async () => {
  await db.end()
  await engine.stop(0)
})

const answerOf = (...ops: object[]): HttpAnswer => ({
  status: 206,
  headers: { 'x-inngest-sdk': 'test', 'x-inngest-req-version': '2' },
  body: JSON.stringify(ops),
})
const planned = (id: string) => ({ id, op: 'StepPlanned', name: id })
const ran = (id: string) => ({ id, op: 'StepRun', name: id, data: 1 })
const done = answerOf({ id: 'c'.repeat(40), op: 'RunComplete', data: 'done' })

/** An app of two steps side by side, whose answers the test may hold back: by the step, or by the steps that are done. */
function answerBy(answers: Record<string, () => HttpAnswer | Promise<HttpAnswer>>): void {
  engine.fault = ({ url, body }) => {
    const stepId = new URL(url).searchParams.get('stepId') ?? ''
    const { steps } = JSON.parse(body ?? '{}') as { steps: object }
    const name =
      stepId === 'step'
        ? `done: ${Object.keys(steps)
            .sort()
            .map((id) => id[0])}`
        : (stepId[0] ?? '')
    const answer = answers[name]
    if (!answer) throw new Error(`nothing is asked of the app for ${name}`)
    return answer()
  }
}

describe('a commit that the database refuses', () => {
  it('leaves no run without a next call, when two answers of it are decided once more', async () => {
    const [replay, step] = [gate(), gate()]
    answerBy({
      'done: ': () => answerOf(planned(A), planned(B)),
      a: () => answerOf(ran(A)),
      b: () => step.opened.then(() => answerOf(ran(B))),
      'done: a': () => replay.opened.then(() => answerOf(planned(B))),
      'done: a,b': () => done,
    })
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => engine.engine.dispatcher.calls.size, { timeout: 5_000 }).toBe(2)
    let isOver = false
    isFull = (name) => {
      const isNow = name.startsWith('put_step') && !isOver
      isOver ||= isNow
      return isNow
    }
    // In one turn, so that both stand in the commit that is refused.
    step.open()
    replay.open()
    await engine.move()
    expect(isOver).toBe(true)
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
  })

  it('lets no call go out with a result that was in it, before that is on disk', async () => {
    const [replay, step] = [gate(), gate()]
    refused = replay.open
    const unwritten: string[] = []
    let refusals = 1
    let isAway = true
    const checked = async (answer: HttpAnswer, ...ids: string[]) => {
      const { rows } = await db.query<{ id: string }>(`SELECT id FROM engine.step WHERE status = 'done'`)
      unwritten.push(...ids.filter((id) => !rows.some((row) => row.id === id)))
      return answer
    }
    answerBy({
      'done: ': () => answerOf(planned(A), planned(B)),
      a: () => answerOf(ran(A)),
      b: () => step.opened.then(() => answerOf(ran(B))),
      'done: a': () => {
        if (!isAway) return checked(answerOf(planned(B)), A)
        isAway = false
        isFull = (name) => name.startsWith('put_step') && refusals-- > 0
        step.open()
        // It is made again 5 ms after the other result was refused, before the tables are read again.
        return replay.opened.then(() => ({ status: 502, headers: {}, body: '<html>' }))
      },
      'done: a,b': () => checked(done, A, B),
    })
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(unwritten).toEqual([])
    expect(refusals).toBeLessThan(1)
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
  })

  it('gives the place of a call back once, when it was to note that the call was lost', async () => {
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'alone', triggers: [{ event: 'test/alone' }], concurrency: 1 }, async () => 'done'),
    ])
    let [calls, refusals, underWay, most] = [0, 0, 0, 0]
    engine.fault = async () => {
      if (calls++ === 0) throw new TransportError('reset', 'the connection was lost')
      most = Math.max(most, ++underWay)
      await setTimeout(20)
      underWay--
      return undefined
    }
    // The first change of an item after that is the note of it.
    isWrong = (name) => name.startsWith('put_item') && calls > 0 && ++refusals === 1
    const ids = await engine.send(...Array.from({ length: 4 }, () => ({ name: 'test/alone' })))
    await engine.move()
    expect(refusals).toBeGreaterThan(0)
    expect(most).toBe(1)
    for (const id of ids) expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
  })
})
