import { beforeEach, describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start } = ownEngine()
let engine: TestEngine

beforeEach(async () => {
  engine = await start()
})

const noting =
  (id: string, options: object = { triggers: [{ event: 'test/go' }] }): Functions =>
  (inngest) => [
    inngest.createFunction(
      { id, triggers: [], ...options } as Parameters<typeof inngest.createFunction>[0],
      async () => void ran.push(id),
    ),
  ]

const register = async (functions: Functions) =>
  (await (await engine.serve(functions)).json()) as { message: string; modified: boolean }

const going = (options: object) => ({ triggers: [{ event: 'test/go' }], ...options })
const batched = (options: object) => going({ batchEvents: { maxSize: 5, timeout: '5s' }, ...options })

describe('a sync', () => {
  it('says whether anything has changed', async () => {
    expect(await register(noting('f'))).toMatchObject({ modified: true })
    expect(await register(noting('f'))).toMatchObject({ modified: false })
    expect(await register(noting('g'))).toMatchObject({ modified: true })
  })

  it('survives a restart, so that the same app changes nothing', async () => {
    await register(noting('f'))
    await engine.stop()
    engine = await start()
    expect(await register(noting('f'))).toMatchObject({ modified: false })
  })

  it.each([
    ['batching together with cancelOn', batched({ cancelOn: [{ event: 'test/stop' }] }), 'combined with cancelOn'],
    ['batching together with a debounce', batched({ debounce: { period: '5s' } }), 'combined with debounce'],
    ['batching together with a singleton', batched({ singleton: { mode: 'skip' } }), 'combined with singleton'],
    ['batching together with a priority', batched({ priority: { run: '1' } }), 'combined with priority'],
    ['batching with a rate limit', batched({ rateLimit: { limit: 1, period: '5s' } }), 'combined with rateLimit'],
    ['batching with an idempotency key', batched({ idempotency: 'event.data.id' }), 'combined with idempotency'],
    ['a batch of one', batched({ batchEvents: { maxSize: 1, timeout: '5s' } }), 'app-f: batchEvents.maxSize'],
    ['a batch that waits no second', batched({ batchEvents: { maxSize: 5, timeout: '1ms' } }), 'batchEvents.timeout'],
    ['a debounce of a month', going({ debounce: { period: '30d' } }), 'app-f: debounce.period should be from 1s to 7d'],
    ['a rate limit over two days', going({ rateLimit: { limit: 1, period: '48h' } }), 'app-f: rateLimit.period'],
    ['a throttle over a month', going({ throttle: { limit: 1, period: '30d' } }), 'throttle.period should be from'],
    ['a rate limit of none', going({ rateLimit: { limit: 0, period: '1h' } }), 'app-f: rateLimit.limit'],
    ['a singleton that does neither', going({ singleton: { mode: 'wait' } }), 'app-f: singleton.mode'],
    ['a key that can’t be read', going({ singleton: { mode: 'skip', key: 'event.' } }), 'app-f: the expression'],
    [
      'a key by a function that nobody knows',
      going({ singleton: { mode: 'skip', key: 'shout(event.data.k)' } }),
      'shout',
    ],
    ['a priority of two types', going({ priority: { run: 'event.data.a ? 600 : 0.5' } }), "'int' and 'double'"],
    ['half an expression', { triggers: [{ event: 'test/go', if: 'event.data.a ==' }] }, 'app-f: the expression'],
    ['a cron that never comes', { triggers: [{ cron: '0 0 30 2 *' }] }, 'app-f: the cron'],
    [
      'a scope without a key',
      { triggers: [{ event: 'test/go' }], concurrency: { limit: 1, scope: 'env' } },
      'app-f: a concurrency scope needs a key',
    ],
  ])('refuses %s by name, and the app keeps the functions that it had', async (_, options, words) => {
    await register(noting('old'))
    expect((await register(noting('f', options))).message).toContain(words)
    const about = (await (await engine.fetch('/dev')).json()) as { functions: { id: string }[] }
    expect(about.functions.map((fn) => fn.id)).toEqual(['app-old'])
  })

  it('refuses a function whose joined id is that of another app, which keeps it', async () => {
    await register(noting('a-b'))
    const url = 'http://127.0.0.1:1/api/inngest'
    const runtime = { type: 'http', url: `${url}?fnId=app-a-b&stepId=step` }
    const fn = { id: 'app-a-b', name: 'b', triggers: [{ event: 'test/go' }], steps: { step: { id: 'step', runtime } } }
    const body = JSON.stringify({ appName: 'app-a', url, functions: [fn] })
    const response = await engine.fetch('/fn/register', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('app-a-b is a function of the app app already')
    await engine.send({ name: 'test/go' })
    await engine.move()
    expect(ran).toEqual(['a-b'])
  })

  it('lets a function that is gone start nothing more', async () => {
    await register(noting('old'))
    await register(noting('new'))
    await engine.send({ name: 'test/go' })
    await engine.move()
    expect(ran).toEqual(['new'])
  })

  it('moves a cron on by its own expression, and keeps the next tick of one that stays', async () => {
    await register(noting('f', { triggers: [{ cron: '0 * * * *' }] }))
    const before = [...engine.engine.world.crons.values()]
    await register((inngest) => [
      ...noting('f', { triggers: [{ cron: '0 * * * *' }, { cron: '30 * * * *' }] })(inngest),
    ])
    const after = [...engine.engine.world.crons.values()]
    expect(after).toHaveLength(2)
    expect(after).toContainEqual(before[0])
    await register(noting('f'))
    expect(engine.engine.world.crons.size).toBe(0)
  })
})
