import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OutgoingCall, TransportError } from '@/engine/execution/transport'
import type { HttpAnswer } from '@/engine/model/answer'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let calls: OutgoingCall[]
let answer: (call: OutgoingCall) => HttpAnswer | Promise<HttpAnswer>

const json = (status: number, body: unknown, headers = {}) => ({ status, headers, body: JSON.stringify(body) })

/** A function that calls out once, and whose outcome is what came of it. */
const calling =
  (
    how: (step: Parameters<Parameters<Parameters<Functions>[0]['createFunction']>[1]>[0]['step']) => Promise<unknown>,
  ): Functions =>
  (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 1 }, ({ step }) => how(step)),
  ]

const asking = (model: 'openai' | 'anthropic' | 'gemini' | 'azureOpenai') =>
  calling((step) => {
    const own = { apiKey: 'key-1', model: 'm' } as const
    const { models } = step.ai
    const url = 'http://outside.test/v1/'
    const chosen = {
      openai: () => models.openai({ ...own, baseUrl: url }),
      anthropic: () => models.anthropic({ ...own, baseUrl: url, defaultParameters: { max_tokens: 10 } }),
      gemini: () => models.gemini({ ...own, baseUrl: url }),
      azureOpenai: () => models.azureOpenai({ ...own, endpoint: url, deployment: 'd', apiVersion: '2025-01-01' }),
    }[model]() as ReturnType<typeof models.openai>
    return step.ai.infer('ask', { model: chosen, body: { messages: [] } })
  })

beforeEach(async () => {
  calls = []
  engine = await TestEngine.start({ databaseUrl: database.url })
  engine.fault = (call) => {
    if (!call.url.startsWith('http://outside.test')) return undefined
    calls.push(call)
    return answer(call)
  }
})

afterEach(async () => {
  await engine.stop(0)
})

const outcome = async (functions: Functions, by: string | number = 0) => {
  await engine.serve(functions)
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move(by)
  return (await engine.runsOf(id))[0]
}

describe('a fetch by the engine', () => {
  it('gives an answer without a body as such, which a Response can be made of', async () => {
    answer = () => ({ status: 204, headers: {}, body: '' })
    const run = await outcome(calling(async (step) => (await step.fetch('http://outside.test/')).status))
    expect(run).toMatchObject({ status: 'Completed', output: 204 })
  })

  it('says of its connection what it alone can know, and leaves the other headers as they are', async () => {
    answer = () => json(200, {})
    const headers = { 'Accept-Encoding': 'br', 'Content-Length': '99', 'X-A': 'b', Authorization: 'Bearer x' }
    await outcome(
      calling(
        async (step) => (await step.fetch('http://outside.test/', { method: 'post', headers, body: 'hello' })).status,
      ),
    )
    expect(calls).toMatchObject([{ method: 'POST', body: 'hello', followsRedirects: true }])
    expect(calls[0]?.headers).toEqual({ 'x-a': 'b', authorization: 'Bearer x' })
  })

  it('has attempts of its own where nobody answers, and tells no key that stands in the address', async () => {
    answer = () => Promise.reject(new TransportError('refused', 'connect ECONNREFUSED'))
    const run = await outcome(
      calling((step) => step.fetch('http://outside.test/x?key=secret')),
      '1h',
    )
    expect(calls).toHaveLength(2)
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: 'The request to http://outside.test/x failed: connect ECONNREFUSED' },
    })
  })

  it('is not made again for a run that was cancelled meanwhile, of which no request is kept', async () => {
    const held = gate()
    answer = async () => {
      await held.opened
      return json(200, {})
    }
    await engine.serve(calling((step) => step.fetch('http://outside.test/', { headers: { authorization: 'secret' } })))
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => calls.length).toBe(1)
    const [run] = await engine.runsOf(id)
    await engine.fetch(`/v1/runs/${run?.run_id}`, { method: 'DELETE' })
    held.open()
    await engine.move('1h')
    expect(calls).toHaveLength(1)
    const { rows } = await engine.engine.world.readers.query('SELECT input FROM engine.step')
    expect(rows).toEqual([{ input: null }])
  })
})

describe('a call of a model', () => {
  it.each([
    ['openai', '/v1/chat/completions', { authorization: 'Bearer key-1' }],
    ['anthropic', '/v1/messages', { 'x-api-key': 'key-1', 'anthropic-version': '2023-06-01' }],
    ['azureOpenai', '/v1/openai/deployments/d/chat/completions?api-version=2025-01-01', { 'api-key': 'key-1' }],
    ['gemini', '/v1/models/m:generateContent?key=key-1', {}],
  ] as const)('shows the key as %s wants it', async (model, path, headers) => {
    answer = () => json(200, { choices: ['hello'] })
    expect(await outcome(asking(model))).toMatchObject({ status: 'Completed', output: { choices: ['hello'] } })
    expect(calls).toMatchObject([{ url: `http://outside.test${path}`, method: 'POST' }])
    expect(calls[0]?.headers).toEqual({ 'content-type': 'application/json', ...headers })
  })

  it('that is refused for now is tried again when the provider says', async () => {
    answer = () =>
      calls.length === 1 ? json(429, { error: 'slow down' }, { 'retry-after': '7' }) : json(200, { ok: 1 })
    expect(await outcome(asking('openai'), 6_900)).toMatchObject({ status: 'Running' })
    await engine.move(200)
    expect(calls).toHaveLength(2)
  })

  it('that is refused for good fails at once, with the provider’s words and without the key', async () => {
    answer = () => json(401, { error: 'bad key' })
    const run = await outcome(asking('gemini'), '1h')
    expect(calls).toHaveLength(1)
    expect(run).toMatchObject({ status: 'Failed', output: { message: expect.stringContaining('bad key') } })
    expect(JSON.stringify(run)).not.toContain('key-1')
  })

  it('that is answered with a page fails after its attempts', async () => {
    answer = () => ({ status: 200, headers: {}, body: '<html>' })
    const run = await outcome(asking('openai'), '1h')
    expect(calls).toHaveLength(2)
    expect(run).toMatchObject({ status: 'Failed', output: { message: expect.stringContaining("isn't JSON") } })
  })
})
