import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

type Options = { rateLimit?: { limit: number; period: '1h'; key?: string }; idempotency?: string; debounce?: object }

const noting =
  (options: Options = { rateLimit: { limit: 2, period: '1h' } }): Functions =>
  (inngest) => [
    inngest.createFunction(
      { id: 'f', triggers: [{ event: 'test/go' }], ...options } as Parameters<typeof inngest.createFunction>[0],
      async ({ event }) => {
        ran.push(String(event.data.n))
        return 'ran'
      },
    ),
  ]

const go = (n: string, more: { id?: string; data?: object } = {}) => ({
  name: 'test/go',
  ...more,
  data: { n, ...more.data },
})

const send = async (...names: string[]) => {
  for (const name of names) await engine.send(go(name))
  await engine.move()
}

describe('a rate limit', () => {
  it('lets as many starts in as its limit within its period, and drops what is over', async () => {
    await start(noting())
    await send('a', 'b', 'c')
    expect(ran.sort()).toEqual(['a', 'b'])
    await engine.move('59m')
    await send('d')
    expect(ran).toHaveLength(2)
    await engine.move('1m')
    await send('e', 'f', 'g')
    expect(ran.sort()).toEqual(['a', 'b', 'e', 'f'])
  })

  it('is kept for each key, and a key of false is not limited', async () => {
    await start(noting({ rateLimit: { limit: 1, period: '1h', key: 'event.data.k' } }))
    for (const [n, k] of Object.entries({ a: 1, b: 2, c: 1, d: false, e: false }))
      await engine.send(go(n, { data: { k } }))
    await engine.move()
    expect(ran.sort()).toEqual(['a', 'b', 'd', 'e'])
  })

  it('is not exceeded over a restart', async () => {
    await start(noting())
    await send('a')
    await engine.stop()
    await start(noting())
    await send('b', 'c')
    await engine.stop()
    await start(noting())
    await send('d')
    expect(ran).toEqual(['a', 'b'])
  })

  it('does not count an event that is sent again', async () => {
    await start(noting())
    for (let n = 0; n < 3; n++) await engine.send(go('a', { id: 'one' }))
    await send('b', 'c')
    expect(ran.sort()).toEqual(['a', 'b'])
  })

  it('counts before a debounce', async () => {
    await start(noting({ rateLimit: { limit: 2, period: '1h' }, debounce: { period: '10s' } }))
    await engine.send(go('a'))
    await engine.send(go('b'))
    await engine.send(go('c'))
    await engine.move('10s')
    expect(ran).toEqual(['b'])
  })

  it('is an error to a run that invokes what is over it', async () => {
    await start((inngest) => {
      const [f] = noting({ rateLimit: { limit: 1, period: '1h' } })(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ step }) => {
          const call = (id: string) =>
            step.invoke(id, { function: f, data: { n: id } }).catch((error: Error) => error.message)
          return [await call('one'), await call('two')]
        }),
      ]
    })
    const [id] = await engine.send({ name: 'test/call' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ output: ['ran', 'invoked function is rate limited'] }])
    expect(ran).toEqual(['one'])
  })

  it('counts for the ticks of a schedule too', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ cron: '*/10 * * * *' }], rateLimit: { limit: 2, period: '24h' } },
        async () => void ran.push('tick'),
      ),
    ])
    await engine.fetch('/dev/clock', { method: 'POST', body: JSON.stringify({ by: '2h', crons: 'all' }) })
    expect(ran).toEqual(['tick', 'tick'])
  })
})

describe('an idempotency key', () => {
  const keyed = noting({ idempotency: 'event.data.k' })
  const of = (n: string, k: unknown, id?: string) => go(n, { data: { k }, ...(id ? { id } : {}) })

  it('lets a function run once in 24 hours for each of its values', async () => {
    await start(keyed)
    await engine.send(of('a', 1), of('b', 1), of('c', 2))
    await engine.send(of('d', 2))
    await engine.move('23h')
    await engine.send(of('e', 1))
    await engine.move()
    expect(ran.sort()).toEqual(['a', 'c'])
    await engine.move('1h')
    await engine.send(of('f', 1))
    await engine.move()
    expect(ran.sort()).toEqual(['a', 'c', 'f'])
  })

  it('counts beside the ids of events: neither comes twice', async () => {
    await start(keyed)
    await engine.send(of('a', 1, 'one'), of('b', 2, 'one'), of('c', 1, 'two'), of('d', 3, 'three'))
    await engine.move()
    expect(ran.sort()).toEqual(['a', 'd'])
  })

  it('that can’t be worked out, or is empty, keeps nothing from running', async () => {
    await start(keyed)
    await engine.send(of('a', undefined), of('b', undefined), of('c', ''), of('d', ''), of('e', false), of('f', false))
    await engine.move()
    expect(ran).toHaveLength(6)
  })

  it('survives a restart', async () => {
    await start(keyed)
    await engine.send(of('a', 1))
    await engine.stop()
    await start(keyed)
    await engine.send(of('b', 1))
    await engine.move()
    expect(ran).toEqual(['a'])
  })

  it('takes the place of a rate limit, as the documentation has it', async () => {
    await start(noting({ idempotency: 'event.data.k', rateLimit: { limit: 1, period: '1h' } }))
    await engine.send(of('a', 1), of('b', 2), of('c', 3))
    await engine.move()
    expect(ran.sort()).toEqual(['a', 'b', 'c'])
  })

  it('holds for a run that invokes it, which hears that nothing starts', async () => {
    await start((inngest) => {
      const [f] = keyed(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ step }) => {
          const call = (id: string, k: number) =>
            step.invoke(id, { function: f, data: { n: id, k } }).catch((error: Error) => error.message)
          return [await call('one', 1), await call('two', 1), await call('three', 2)]
        }),
      ]
    })
    await engine.send(of('a', 2))
    const [id] = await engine.send({ name: 'test/call' })
    await engine.move()
    const refused = 'invoked function is rate limited: it has run for the same key within 24 hours'
    expect(await engine.runsOf(id)).toMatchObject([{ output: ['ran', refused, refused] }])
    expect(ran).toEqual(['a', 'one'])
  })

  it('holds for events that the engine itself raises', async () => {
    await start((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => 'done'),
      inngest.createFunction(
        { id: 'listener', triggers: [{ event: 'inngest/function.finished' }], idempotency: 'event.data.function_id' },
        async () => void ran.push('heard'),
      ),
    ])
    await send('a', 'b')
    expect(ran).toEqual(['heard'])
  })

  it('may be of any length, as the id of an event may', async () => {
    await start(keyed)
    const noise = Array.from({ length: 900 }, (_, n) => String.fromCodePoint(0x1f300 + ((n * 7_919) % 700))).join('')
    const long = noise.slice(0, 999)
    await engine.send(of('a', noise.repeat(20), long))
    await engine.send(of('b', noise.repeat(20)), of('c', 1, long))
    await engine.move()
    expect(ran).toEqual(['a'])
  })
})
