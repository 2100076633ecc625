import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../support/database'
import { TestEngine } from '../../support/engine'
import { fuzzParameters, mutated, text } from './mutations'

let database: TestDatabase
let engine: TestEngine
/** What the engine itself has logged as an error. */
const faults: string[] = []

beforeAll(async () => {
  database = await createDatabase()
  engine = await TestEngine.start({
    databaseUrl: database.url,
    log: pino({ level: 'error' }, { write: (line) => void faults.push(line) }),
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 1 }, async () => 'done'),
      inngest.createFunction({ id: 'callee', triggers: [{ event: 'test/never' }] }, async () => 'called'),
    ],
  })
})

afterAll(async () => {
  await engine.stop(0)
  await database.drop()
})

const sdk = { 'x-inngest-sdk': 'inngest-js:v4.24.0', 'x-inngest-req-version': '2' }
const common = { displayName: 'a', userland: { id: 'a' }, data: null }

/** One op of each kind, as the SDK would send it. */
const ops = [
  { op: 'StepRun', name: 'a', opts: {}, ...common, data: { n: 1 } },
  { op: 'StepError', name: 'a', opts: {}, ...common, error: { name: 'Error', message: 'no', stack: 'at a' } },
  { op: 'StepFailed', name: 'a', opts: {}, ...common, error: { name: 'Error', message: 'no', cause: { a: 1 } } },
  { op: 'StepPlanned', name: 'a', opts: { input: [1] }, ...common },
  { op: 'Sleep', name: '1h', opts: {}, ...common },
  { op: 'WaitForEvent', name: 'test/reply', opts: { timeout: '1h', if: 'event.data.a == async.data.a' }, ...common },
  { op: 'WaitForSignal', name: 's', opts: { signal: 's', timeout: '1h', conflict: 'replace' }, ...common },
  { op: 'InvokeFunction', opts: { function_id: 'app-callee', payload: { data: { a: 1 } }, timeout: '1h' }, ...common },
  { op: 'Gateway', opts: { url: 'http://app.test/x', method: 'GET', headers: { a: 'b' }, body: 'c' }, ...common },
  {
    op: 'AIGateway',
    opts: { url: 'http://app.test/x', headers: { a: 'b' }, auth_key: 'k', format: 'openai-chat', body: { a: 1 } },
    ...common,
  },
  { op: 'RunComplete', data: { ok: true } },
]

const opOf = fc
  .tuple(fc.constantFrom(...ops), fc.constantFrom('a', 'b', 'c'))
  .chain(([sample, id]) => mutated({ id: id.repeat(40), ...sample }))

const answers = fc.record({
  status: fc.constantFrom(206, 206, 206, 206, 200, 201, 400, 401, 404, 500, 502),
  headers: fc.oneof(
    { arbitrary: fc.constant(sdk), weight: 6 },
    fc.constant({ ...sdk, 'x-inngest-no-retry': 'true' }),
    text.map((after) => ({ ...sdk, 'retry-after': after, 'x-inngest-req-version': after })),
    fc.constant({}),
  ),
  body: fc.oneof(
    { arbitrary: fc.array(opOf, { maxLength: 4 }).map((some) => JSON.stringify(some)), weight: 8 },
    text,
    fc.json(),
    opOf.map((body) => JSON.stringify({ status: 206, headers: sdk, body: JSON.stringify([body]) })),
  ),
})

/** An answer, and now and then steps that the app saves before it answers. */
const exchanges = fc.record({ answer: answers, saved: fc.option(fc.array(opOf, { maxLength: 3 }), { freq: 2 }) })

/** What an app says to the calls of one run; to those after them, which come within two hours each, the function's own word. */
const histories = fc.array(exchanges, { minLength: 1, maxLength: 3 })

/** Runs for which nothing is to come. */
async function stuckRuns(): Promise<unknown[]> {
  const { rows } = await engine.engine.world.readers.query(
    `SELECT run.id FROM engine.run WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM engine.item WHERE run_id = run.id)`,
  )
  return rows
}

/** Saves steps within the call that is under way, as the SDK does. */
async function save(callBody: string, steps: unknown[]): Promise<void> {
  const { run_id, qi_id, request_id } = JSON.parse(callBody).ctx
  const body = JSON.stringify({ run_id, qi_id, request_id, steps })
  const response = await engine.fetch(`/v1/checkpoint/${run_id}/async`, { method: 'POST', body })
  expect([200, 400, 409]).toContain(response.status)
}

describe('whatever an app saves and answers', () => {
  it('ends its run or lets it wait for something, and is never a fault of the engine’s own', async () => {
    const { numRuns, ...parameters } = fuzzParameters(80)
    for (const history of fc.sample(histories, { numRuns, ...parameters })) {
      const left = [...history]
      engine.fault = async ({ url, body }) => {
        if (url === 'http://app.test/x') return { status: 200, headers: {}, body: '{}' }
        const next = left.shift()
        if (next?.saved) await save(body ?? '', next.saved)
        return next?.answer
      }
      await engine.send({ name: 'test/go', data: { a: 1 } })
      for (let n = 0; n <= history.length; n++) {
        const { settled } = await engine.move('2h')
        expect([settled, faults, await stuckRuns()], JSON.stringify(history)).toEqual([true, [], []])
      }
    }
    expect(await engine.move('400d', { limitMs: 60_000 })).toMatchObject({ settled: true })
    const left = await engine.engine.world.readers.query(
      `SELECT run.id, step.op, step.status, item.kind, item.due_at FROM engine.run
       LEFT JOIN engine.step ON step.run_id = run.id LEFT JOIN engine.item ON item.run_id = run.id
       WHERE ended_at IS NULL`,
    )
    expect(left.rows).toEqual([])
  }, 120_000)
})
