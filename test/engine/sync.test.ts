import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

beforeEach(async () => {
  ran = []
  engine = await TestEngine.start({ databaseUrl: database.url })
})

afterEach(async () => {
  await engine.stop(0)
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

describe('a sync', () => {
  it('says whether anything has changed', async () => {
    expect(await register(noting('f'))).toMatchObject({ modified: true })
    expect(await register(noting('f'))).toMatchObject({ modified: false })
    expect(await register(noting('g'))).toMatchObject({ modified: true })
  })

  it('survives a restart, so that the same app changes nothing', async () => {
    await register(noting('f'))
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url })
    expect(await register(noting('f'))).toMatchObject({ modified: false })
  })

  it.each([
    ['debounce', { triggers: [{ event: 'test/go' }], debounce: { period: '5s' } }, 'app-f uses debounce'],
    [
      'batching',
      { triggers: [{ event: 'test/go' }], batchEvents: { maxSize: 5, timeout: '5s' } },
      'app-f uses batchEvents',
    ],
    [
      'a rate limit',
      { triggers: [{ event: 'test/go' }], rateLimit: { limit: 1, period: '5s' } },
      'app-f uses rateLimit',
    ],
    ['a singleton', { triggers: [{ event: 'test/go' }], singleton: { mode: 'skip' } }, 'app-f uses singleton'],
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
