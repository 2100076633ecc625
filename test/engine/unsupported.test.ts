import { Inngest } from 'inngest'
import { serve } from 'inngest/edge'
import { createDefer, metadataMiddleware } from 'inngest/experimental'
import { channel } from 'inngest/realtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDatabase, type TestDatabase } from '../support/database'
import { EVENT_KEY, SIGNING_KEY, TestEngine } from '../support/engine'

let database: TestDatabase
let engine: TestEngine

beforeAll(async () => {
  database = await createDatabase()
  engine = await TestEngine.start({ databaseUrl: database.url })
})

afterAll(async () => {
  await engine.stop(0)
  await database.drop()
})

const register = async (change: object) => {
  const url = 'http://app.test/api/inngest?fnId=app-f&stepId=step'
  const steps = { step: { id: 'step', name: 'step', runtime: { type: 'http', url } } }
  const fn = { id: 'app-f', triggers: [{ event: 'test/go' }], steps, ...change }
  const body = JSON.stringify({ appName: 'app', url: 'http://app.test/api/inngest', functions: [fn] })
  const response = await engine.fetch('/fn/register', { method: 'POST', body })
  return { status: response.status, body: await response.json() }
}

type Served = Parameters<typeof serve>[0]['functions']

/** An app with all that the SDK has beyond steps, and what a run of it comes to. */
const outcome = async (functions: (inngest: Inngest.Any) => Served) => {
  const quiet = { info() {}, warn() {}, error() {}, debug() {} }
  const keys = { eventKey: EVENT_KEY, signingKey: SIGNING_KEY, isDev: false }
  const middleware = [metadataMiddleware()]
  const inngest = new Inngest({ id: 'app', baseUrl: engine.url, ...keys, middleware, logger: quiet })
  await engine.serveBy(serve({ client: inngest, functions: functions(inngest) }))
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move()
  return (await engine.runsOf(id))[0]
}

const options = { id: 'f', triggers: [{ event: 'test/go' }], retries: 0 as const }

describe('what this engine does not do is refused by name', () => {
  it.each([
    ['a deferred function', { triggers: [{ event: 'inngest/deferred.schedule' }] }, 'defers are not supported'],
    [
      'a Connect worker',
      { steps: { step: { id: 'step', name: 'step', runtime: { type: 'ws', url: 'wss://connect?x=1' } } } },
      'Connect is not supported',
    ],
    ['an option that it does not know', { checkpointing: { every: 2 } }, 'app-f uses checkpointing, which this engine'],
    ['a part of one', { debounce: { period: '5s', leading: true } }, 'app-f uses debounce.leading, which this engine'],
  ])('at a sync: %s', async (_, change, words) => {
    expect(await register(change)).toMatchObject({ status: 400, body: { error: expect.stringContaining(words) } })
  })

  it('at a sync of the SDK with a function to defer to, which hears the words', async () => {
    const inngest = new Inngest({ id: 'app', baseUrl: engine.url, signingKey: SIGNING_KEY, isDev: false })
    const deferred = createDefer(inngest, { id: 'later', schema: z.object({}) }, async () => 1)
    const response = await engine.serveBy(serve({ client: inngest, functions: [deferred] }))
    expect(await response.json()).toMatchObject({ message: 'app-later: defers are not supported by this engine' })
  })

  it.each([
    ['POST', '/v1/realtime/publish', 'Realtime'],
    ['POST', '/v1/realtime/publish/tee', 'Realtime'],
    ['POST', '/v1/realtime/token', 'Realtime'],
    ['GET', '/v1/realtime/connect', 'Realtime'],
    ['GET', '/v1/realtime/sse', 'Realtime'],
    ['POST', '/v1/runs/x/metadata', 'Run metadata'],
    ['POST', '/v1/checkpoint', 'A durable endpoint'],
    ['POST', '/v1/checkpoint/x/steps', 'A durable endpoint'],
    ['GET', '/v1/checkpoint/x/output', 'A durable endpoint'],
    ['GET', '/v1/http/runs/x/output', 'A durable endpoint'],
    ['POST', '/v0/connect/start', 'Connect'],
  ])('at its doors: %s %s', async (method, path, what) => {
    const response = await engine.fetch(path, { method })
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ error: `${what} is not supported by this engine` })
  })

  it('to a step that publishes', async () => {
    const news = channel({ name: 'news', topics: { status: { schema: z.object({ n: z.number() }) } } })
    const run = await outcome((inngest) => [
      inngest.createFunction(options, async ({ step }) => step.realtime.publish('tell', news.status, { n: 1 })),
    ])
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('Realtime is not supported by this engine') },
    })
  })

  it.each([
    ['saved as it ends', true],
    ['in a call of its own', false],
  ])('to a step, %s, that sets metadata', async (_, checkpointing) => {
    const run = await outcome((inngest) => [
      inngest.createFunction({ ...options, checkpointing }, async ({ step }) => {
        await step.run('a', () => inngest.metadata.set({ seen: true }))
        return 'done'
      }),
    ])
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: 'The step "a" sets metadata, which this engine does not support' },
    })
  })

  it('to a function that sets metadata of another run', async () => {
    const run = await outcome((inngest) => [
      inngest.createFunction(options, async ({ step }) =>
        step.run('a', () => inngest.metadata.run('01ARZ3NDEKTSV4RRFFQ69G5FAV').set({ seen: true })),
      ),
    ])
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('Run metadata is not supported by this engine') },
    })
  })
})
