import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashedKey } from '@/engine/execution/signature'
import type { HttpAnswer } from '@/engine/model/answer'
import { ownDatabase } from '../support/database'
import { EVENT_KEY, gate, SIGNING_KEY, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: number

beforeEach(async () => {
  ran = 0
  engine = await TestEngine.start({
    databaseUrl: database.url,
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => void ran++),
    ],
  })
})

afterEach(async () => {
  await engine.stop(0)
})

const post = async (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) => {
  const response = await engine.fetch(path, { method: 'POST', body: body as BodyInit, headers })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : {} }
}
const events = (body: unknown) => post(`/e/${EVENT_KEY}`, typeof body === 'string' ? body : JSON.stringify(body))
const stored = async () =>
  (await engine.engine.world.readers.query('SELECT count(*)::int AS n FROM engine.event')).rows[0].n

/** Asks with a Host header of one's own, which fetch would not send. */
const askAs = (headers: Record<string, string>, path = '/health') =>
  new Promise<number>((resolve, reject) => {
    const call = request(engine.url + path, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', reject).end()
  })

describe('the door for events', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'not valid JSON'],
    ['nothing', '', 'not valid JSON'],
    ['a number', '7', 'object'],
    ['no name', { data: {} }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a name that is the engine’s own', { name: 'inngest/function.failed', data: {} }, 'reserved'],
    ['data that is a text', { name: 'test/go', data: 'x' }, 'data'],
    ['an id that is a number', { name: 'test/go', id: 5 }, 'id'],
    ['a time that is a text', { name: 'test/go', ts: 'now' }, 'ts'],
    ['a time of the year 1', { name: 'test/go', ts: 1 }, 'ts'],
    ['a NUL in the name', { name: 'test/\u0000' }, 'name'],
    ['a bad one among good ones', [{ name: 'test/go' }, { name: 'test/go', data: [] }], 'events.1.data'],
    ['too many', Array.from({ length: 5_001 }, () => ({ name: 'test/go' })), '5000'],
    ['one of more than 3 MB', { name: 'test/go', data: { text: 'x'.repeat(3_200_000) } }, 'larger'],
    [
      'JSON nested ten thousand deep',
      `{"name":"test/go","data":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`,
      'nested deeper',
    ],
  ])('refuses %s, naming the field, and stores nothing', async (_, body, words) => {
    const answer = await events(body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ status: 400, error: expect.stringContaining(words) })
    await engine.move()
    expect([await stored(), ran]).toEqual([0, 0])
  })

  it('refuses a body of more than 10 MB, also one that does not say how long it is', async () => {
    expect((await events(`{"name":"test/go","data":{"x":"${'x'.repeat(11_000_000)}"}}`)).status).toBe(413)
    const stream = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 12; n++) controller.enqueue(new Uint8Array(1_000_000).fill(120))
        controller.close()
      },
    })
    const response = await engine.fetch(`/e/${EVENT_KEY}`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(await stored()).toBe(0)
  })

  it('refuses bytes that are not UTF-8', async () => {
    expect(await post(`/e/${EVENT_KEY}`, new Uint8Array([0x7b, 0xff, 0x7d]))).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('UTF-8') },
    })
  })

  it('takes hostile texts as the texts that they are', async () => {
    const name = `test/<script>'; DROP TABLE engine.event; --`
    await events([{ name, data: { a: `'"\\\u0000\ud800`, __proto__: null } }])
    expect(await stored()).toBe(1)
  })

  it('takes the events of a repeated request once', async () => {
    const headers = { 'x-inngest-event-id-seed': `${Date.now()},${Buffer.from('0123456789').toString('base64')}` }
    for (let n = 0; n < 3; n++)
      await post(`/e/${EVENT_KEY}`, JSON.stringify([{ name: 'test/go' }, { name: 'test/go' }]), headers)
    await engine.move()
    expect([await stored(), ran]).toEqual([2, 2])
  })

  it('wants the event key', async () => {
    expect(await post('/e/wrong', '[{"name":"test/go"}]')).toMatchObject({ status: 401, body: { status: 401 } })
    expect(await stored()).toBe(0)
  })
})

describe('the other doors', () => {
  it.each([
    ['GET', '/v1/runs/x'],
    ['GET', '/v1/events/x/runs'],
    ['DELETE', '/v1/runs/x'],
    ['GET', '/v0/runs/x/actions'],
    ['POST', '/v1/checkpoint/x/async'],
    ['POST', '/fn/register'],
    ['GET', '/dev/clock'],
    ['POST', '/dev/clock'],
  ])('want the hashed signing key: %s %s', async (method, path) => {
    const bare = await fetch(engine.url + path, { method })
    const wrong = await fetch(engine.url + path, {
      method,
      headers: { authorization: `Bearer ${hashedKey('signkey-test-00')}` },
    })
    const unhashed = await fetch(engine.url + path, { method, headers: { authorization: `Bearer ${SIGNING_KEY}` } })
    expect([bare.status, wrong.status, unhashed.status]).toEqual([401, 401, 401])
  })

  it('answer no page of another site, and no name that only looks like this machine', async () => {
    const host = new URL(engine.url).host
    expect(await askAs({ host })).toBe(200)
    expect(await askAs({ host, origin: 'https://evil.example' })).toBe(403)
    expect(await askAs({ host, origin: `http://${host}` })).toBe(200)
    expect(await askAs({ host: 'evil.example' })).toBe(403)
  })

  it('tell who they are to anybody on this machine, and nothing more', async () => {
    const about = await (await fetch(`${engine.url}/dev`)).json()
    expect(about).toMatchObject({ mode: 'local', databaseId: engine.engine.databaseId, functions: [{ id: 'app-f' }] })
    expect(JSON.stringify(about)).not.toContain('5e5e')
  })

  it('know no run that is not there', async () => {
    for (const [method, path] of [
      ['GET', '/v1/runs/nobody'],
      ['DELETE', '/v1/runs/nobody'],
      ['GET', '/v0/runs/nobody/actions'],
    ])
      expect((await engine.fetch(path ?? '', { method: method ?? '' })).status).toBe(404)
    expect(await (await engine.fetch('/v1/events/nobody/runs')).json()).toMatchObject({ data: [] })
  })

  it('hand out the memo and the events of a run as long as it goes on', async () => {
    const held = gate()
    engine.fault = () => held.opened.then(() => undefined)
    const [id] = await engine.send({ name: 'test/go', data: { n: 1 } })
    const [run] = await engine.runsOf(id)
    const ask = async (what: string) => {
      const response = await engine.fetch(`/v0/runs/${run?.run_id}/${what}`)
      return [response.status, await response.json()]
    }
    expect([await ask('actions'), await ask('batch')]).toMatchObject([
      [200, {}],
      [200, [{ name: 'test/go', data: { n: 1 } }]],
    ])
    held.open()
    await engine.move()
    expect([await ask('actions'), await ask('batch')]).toMatchObject([
      [410, { status: 410 }],
      [410, { status: 410 }],
    ])
  })

  it('say what they do not know', async () => {
    expect((await engine.fetch('/nowhere')).status).toBe(404)
    expect((await engine.fetch('/health', { method: 'DELETE' })).status).toBe(405)
    expect((await engine.fetch('/v1/runs/%00%ff')).status).toBe(404)
  })

  it('tell what will fire only up to an instant, and so many', async () => {
    const timers = (query: string) => engine.fetch(`/dev/timers${query}`)
    expect(await (await timers('?until=2026-12-01T09:00:00Z&limit=1')).json()).toEqual({ timers: [] })
    const wrong = ['?until=soon', '?until=', '?until=%2B275760-09-13T00:00:00Z', '?limit=0', '?limit=201', '?limit=1.5']
    for (const query of [...wrong, '?limit=all', '?limit=']) expect((await timers(query)).status, query).toBe(400)
  })

  it.each([
    ['{', 'not valid JSON'],
    ['{}', 'appName'],
    ['{"appName":"a","url":"x","functions":[]}', 'url'],
    ['{"appName":"a","url":"file:///etc","functions":[]}', 'url'],
    ['{"appName":"a","url":"http://x","functions":7}', 'functions'],
    ['{"appName":"a","url":"http://x","functions":[7]}', 'a function without an id'],
    ['{"appName":"a","url":"http://x","functions":[{"id":"f"}]}', 'f: '],
  ])('refuse a registration that is wrong, with a word that the SDK passes on: %s', async (body, words) => {
    const answer = await post('/fn/register', body)
    expect(answer).toMatchObject({ status: 400, body: { status: 400, error: expect.stringContaining(words) } })
  })
})

describe('a checkpoint', () => {
  const op = { id: 'a'.repeat(40), op: 'StepRun', data: 1 }
  /** What comes back instead of the app's own answers, once the gate is open. */
  let answers: HttpAnswer[]
  let open: () => void
  let runId: string
  let call: { qi_id: string; request_id: string }

  beforeEach(async () => {
    const held = gate()
    open = held.open
    engine.fault = async () => {
      await held.opened
      return answers.shift()
    }
    answers = []
    await engine.send({ name: 'test/go' })
    await expect.poll(() => engine.engine.dispatcher.calls.size).toBe(1)
    const [underWay] = engine.engine.dispatcher.calls.values()
    runId = underWay?.item.runId ?? ''
    call = { qi_id: underWay?.item.id ?? '', request_id: underWay?.requestId ?? '' }
  })

  afterEach(() => open())

  const checkpoint = (body: object, run = runId) => post(`/v1/checkpoint/${run}/async`, JSON.stringify(body))

  it('of the call that is under way is taken', async () => {
    expect((await checkpoint({ ...call, steps: [op] })).status).toBe(200)
    expect(engine.engine.world.runs.get(runId)?.steps.get(op.id)).toMatchObject({ status: 'done', memo: '{"data":1}' })
  })

  it('of a call that was replaced, of another run, or of one that ended is stale', async () => {
    expect((await checkpoint({ ...call, request_id: 'old', steps: [op] })).status).toBe(409)
    expect((await checkpoint({ ...call, qi_id: 'other', steps: [op] })).status).toBe(409)
    expect((await checkpoint({ ...call, steps: [op] }, 'another')).status).toBe(409)
    await engine.fetch(`/v1/runs/${runId}`, { method: 'DELETE' })
    expect((await checkpoint({ ...call, steps: [op] })).status).toBe(409)
  })

  it('of another delivery of the same call is refused, and the call is made again, with what was stored', async () => {
    expect((await checkpoint({ ...call, steps: [op] })).status).toBe(200)
    // The same once more: its sender did not hear the answer.
    expect((await checkpoint({ ...call, steps: [op] })).status).toBe(200)
    expect((await checkpoint({ ...call, steps: [{ ...op, data: 2 }] })).status).toBe(409)
    const headers = { 'x-inngest-sdk': 'test', 'x-inngest-no-retry': 'true' }
    answers.push({ status: 400, headers, body: '{"name":"Error","message":"told to stop"}' })
    open()
    await expect.poll(() => engine.calls.length).toBe(1)
    expect(engine.calls[0]?.body.steps).toEqual({ [op.id]: { data: 1 } })
  })

  it.each([
    [{}, 'qi_id'],
    [{ qi_id: 'x', request_id: 'y' }, 'steps'],
    [{ qi_id: 'x', request_id: 'y', steps: [{ op: 'StepRun' }] }, 'steps.0.id'],
    [{ qi_id: 'x', request_id: 'y', steps: [{ id: 'a'.repeat(40), op: 'Sleep', name: '1s' }] }, 'steps.0'],
    [{ qi_id: 'x', request_id: 'y', steps: [{ id: '../../etc', op: 'StepRun' }] }, 'steps.0.id'],
  ])('that is wrong is refused, naming the field: %j', async (body, words) => {
    expect(await checkpoint(body)).toMatchObject({ status: 400, body: { error: expect.stringContaining(words) } })
  })
})
