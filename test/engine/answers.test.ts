import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine

const sdk = { 'x-inngest-sdk': 'inngest-js:v4.24.0', 'x-inngest-req-version': '2' }
/** Too long for an index, however it is packed. */
const incompressible = randomBytes(4_000).toString('hex')
const op = (change: object) => ({ id: 'a'.repeat(40), op: 'StepRun', displayName: 'a', data: 1, ...change })

beforeEach(async () => {
  engine = await TestEngine.start({
    databaseUrl: database.url,
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => 'done'),
      inngest.createFunction({ id: 'other', triggers: [{ event: 'test/other' }] }, async () => 'fine'),
    ],
  })
})

afterEach(async () => {
  await engine.stop(0)
})

/** Lets the next call be answered so, and tells what became of its run. */
async function runAnswered(status: number, body: string, headers: Record<string, string> = {}) {
  let isFirst = true
  engine.fault = () => {
    if (!isFirst) return undefined
    isFirst = false
    return { status, headers: { ...sdk, ...headers }, body }
  }
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move()
  return (await engine.runsOf(id))[0]
}

describe('an answer that can’t be used', () => {
  it.each([
    ['a number', '7', 'not a list of ops'],
    ['an op without an id', '[{"op":"StepRun"}]', 'not a list of ops'],
    [
      'an op of an unknown kind',
      JSON.stringify([op({ op: 'Teleport' })]),
      'Teleport, which this engine does not support',
    ],
    [
      'a defer',
      JSON.stringify([op({ op: 'DeferAdd', opts: { fn_slug: 'app-d', input: {} } })]),
      'DeferAdd, which this engine does not support',
    ],
    [
      'a wait for a signal without a name',
      JSON.stringify([op({ op: 'WaitForSignal', opts: { timeout: '1h' } })]),
      'names no signal',
    ],
    [
      'a wait for a signal of 400 days',
      JSON.stringify([op({ op: 'WaitForSignal', opts: { signal: 's', timeout: '400d' } })]),
      'longer than 366 days',
    ],
    ['a sleep without a length', JSON.stringify([op({ op: 'Sleep', name: 'soon' })]), 'has no length'],
    ['a sleep of 400 days', JSON.stringify([op({ op: 'Sleep', name: '400d' })]), 'longer than 366 days'],
    [
      'a wait without a timeout',
      JSON.stringify([op({ op: 'WaitForEvent', name: 'x', opts: {} })]),
      'no event name or timeout',
    ],
    [
      'a wait with half an expression',
      JSON.stringify([op({ op: 'WaitForEvent', name: 'x', opts: { timeout: '1h', if: 'event.data.a ==' } })]),
      "can't be read",
    ],
    [
      'a wait for an event that nobody could send',
      JSON.stringify([op({ op: 'WaitForEvent', name: incompressible, opts: { timeout: '1h' } })]),
      'longer than 255 characters',
    ],
    ['an invoke of nothing', JSON.stringify([op({ op: 'InvokeFunction', opts: {} })]), 'names no function'],
    [
      'a fetch of nowhere',
      JSON.stringify([op({ op: 'Gateway', opts: { url: 'file:///etc/passwd' } })]),
      'is not a request: url',
    ],
    [
      'a fetch by a method that is none',
      JSON.stringify([op({ op: 'Gateway', opts: { url: 'http://x.test', method: 'GET /' } })]),
      'is not a request: method',
    ],
    [
      'a fetch with a header of two lines',
      JSON.stringify([op({ op: 'Gateway', opts: { url: 'http://x.test', headers: { a: 'b\r\nc: d' } } })]),
      'is not a request: headers',
    ],
    [
      'a fetch with a body that is no text',
      JSON.stringify([op({ op: 'Gateway', opts: { url: 'http://x.test', method: 'POST', body: {} } })]),
      'is not a request: body',
    ],
    [
      'a call of a model with a key that can’t be sent',
      JSON.stringify([op({ op: 'AIGateway', opts: { url: 'http://x.test', auth_key: 'a\nb', body: {} } })]),
      'is not a request: auth_key',
    ],
  ])('(%s) fails its run with the reason, and the engine goes on', async (_, body, reason) => {
    expect(await runAnswered(206, body)).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining(reason) },
    })
    const [id] = await engine.send({ name: 'test/other' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'fine' }])
  })

  it('with NUL characters, which a database can’t hold as text, is kept all the same', async () => {
    expect(await runAnswered(200, JSON.stringify({ text: 'a\u0000b' }))).toMatchObject({
      status: 'Completed',
      output: { text: 'a\u0000b' },
    })
  })

  it('with a lone surrogate is kept all the same', async () => {
    expect(await runAnswered(200, '{"text":"\\ud800"}')).toMatchObject({ status: 'Completed' })
  })

  it('may be empty, and then the run is asked again', async () => {
    expect(await runAnswered(206, '[]')).toMatchObject({ status: 'Completed', output: 'done' })
  })

  it('may wait by a path that is too long for an index', async () => {
    const path = `data.a${incompressible}`
    const opts = { timeout: '1h', if: `event.${path} == async.${path}` }
    const wait = op({ op: 'WaitForEvent', name: 'test/reply', opts })
    expect(await runAnswered(206, JSON.stringify([wait]))).toMatchObject({ status: 'Running' })
  })

  it.each(['1e999', '-1', '7.5', 'x'])('may name a version that is none: %s', async (version) => {
    const answer = await runAnswered(206, '[]', { 'x-inngest-req-version': version })
    expect(answer).toMatchObject({ status: 'Completed', output: 'done' })
  })

  it('an error that is no object still has words', async () => {
    expect(await runAnswered(400, '"no"', { 'x-inngest-no-retry': 'true' })).toMatchObject({
      status: 'Failed',
      output: { message: 'invalid status code: 400' },
    })
  })
})

describe('a step’s error that may not be tried again, though the app did not call it a failure', () => {
  it.each([
    ['the app rules it out', { 'x-inngest-no-retry': 'true' }, 4],
    ['its attempts are used up: a deploy has lowered them', {}, 0],
  ])('goes to the function, where %s', async (_, headers, retries) => {
    const id = '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: retries as 0 }, ({ step }) =>
        step.run('a', () => 'not again').catch((error: Error) => error.message),
      ),
    ])
    const error = { name: 'Error', message: 'no good' }
    const body = JSON.stringify([op({ id, op: 'StepError', error })])
    expect(await runAnswered(206, body, headers)).toMatchObject({ status: 'Completed', output: 'no good' })
  })
})

describe('an answer about a step that a checkpoint has saved', () => {
  it.each([
    ['repeats it, since the app did not hear that the checkpoint was taken', {}],
    ['plans it', { op: 'StepPlanned' }],
    ['begins it anew as a sleep', { op: 'Sleep', name: '1h' }],
    ['begins it anew as a wait', { op: 'WaitForEvent', name: 'test/reply', opts: { timeout: '1h' } }],
    ['begins it anew as a call', { op: 'Gateway', opts: { url: 'http://app.test/x', method: 'GET' } }],
  ])('lets the run go on where it %s', async (_, change) => {
    const ran: string[] = []
    // A limit of time stands beside the run, and is nothing by which it would go on.
    const timeouts = { finish: '1h' } as const
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], timeouts }, async ({ step }) => {
        await step.run('a', () => void ran.push('a'))
        return await step.run('b', () => 'done')
      }),
    ])
    const saved = op({ id: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8' })
    let isFirst = true
    engine.fault = async ({ body }) => {
      if (!isFirst) return undefined
      isFirst = false
      const { run_id, qi_id, request_id } = JSON.parse(body ?? '').ctx
      const checkpoint = JSON.stringify({ run_id, qi_id, request_id, steps: [saved] })
      await engine.fetch(`/v1/checkpoint/${run_id}/async`, { method: 'POST', body: checkpoint })
      return { status: 206, headers: sdk, body: JSON.stringify([{ ...saved, ...change }]) }
    }
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(ran).toEqual([])
  })
})
