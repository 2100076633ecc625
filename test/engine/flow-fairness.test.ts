import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const BUSY = 10_000

const database = ownDatabase()
let engine: TestEngine
let ran: string[]
let held: ReturnType<typeof gate>

beforeEach(() => {
  ran = []
  held = gate()
})

afterEach(async () => {
  await engine.stop(0)
})

const start = async (functions: Functions, more: object = {}) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions, storeLimitMs: 30_000, ...more })
}

/** A function whose runs wait until the gate opens, and then note their key. */
const noting =
  (options: object, id = 'f'): Functions =>
  (inngest) => [
    inngest.createFunction(
      { id, triggers: [{ event: `test/${id}` }], ...options } as Parameters<typeof inngest.createFunction>[0],
      async ({ event }) => {
        await held.opened
        ran.push(String(event.data.k))
      },
    ),
  ]

/** Ten thousand events of one key, and after them a few of others. */
const sendAll = async (others: string[], name = 'test/f') => {
  for (let sent = 0; sent < BUSY; sent += 5_000)
    await engine.send(...Array.from({ length: 5_000 }, () => ({ name: 'test/f', data: { k: 'busy' } })))
  await engine.send(...others.map((k) => ({ name, data: { k } })))
}

/** How many calls had come before each of these was made. */
const placesOf = async (keys: string[]) => {
  await expect.poll(() => keys.every((key) => ran.includes(key)), { timeout: 20_000 }).toBe(true)
  return keys.map((key) => ran.indexOf(key))
}

describe('a busy key', () => {
  it('does not keep others waiting that have room of their own', async () => {
    await start(noting({ concurrency: { limit: 1, key: 'event.data.k' } }))
    await sendAll(['a', 'b', 'c'])
    held.open()
    for (const place of await placesOf(['a', 'b', 'c'])) expect(place).toBeLessThan(10)
  })

  it('shares with the others what all of them together may have', async () => {
    await start(noting({ concurrency: [{ limit: 2 }, { limit: 2, key: 'event.data.k' }] }))
    await sendAll(['a', 'b', 'c'])
    held.open()
    for (const place of await placesOf(['a', 'b', 'c'])) expect(place).toBeLessThan(20)
  })

  it('does not keep others waiting that a throttle lets go', async () => {
    await start(noting({ throttle: { limit: 1, period: '1h', key: 'event.data.k' } }))
    await sendAll(['a', 'b', 'c'])
    held.open()
    await placesOf(['a', 'b', 'c'])
    expect(ran.filter((key) => key === 'busy')).toHaveLength(1)
  })

  it('leaves room for other functions', async () => {
    await start((inngest) => [...noting({})(inngest), ...noting({}, 'g')(inngest)], { mostCalls: 4 })
    await sendAll(['a'], 'test/g')
    held.open()
    for (const place of await placesOf(['a'])) expect(place).toBeLessThan(20)
  })
})
