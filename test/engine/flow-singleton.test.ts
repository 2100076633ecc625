import pg from 'pg'
import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started, database } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

const napping =
  (mode: 'skip' | 'cancel', more: object = {}): Functions =>
  (inngest) => [
    inngest.createFunction(
      { id: 'f', triggers: [{ event: 'test/go' }], singleton: { mode, key: 'event.data.k' }, ...more },
      async ({ event, step }) => {
        await step.run('begin', () => void ran.push(`${event.data.n} begins`))
        await step.sleep('nap', '1h')
        await step.run('end', () => void ran.push(`${event.data.n} ends`))
        return 'done'
      },
    ),
  ]

const go = (n: string, k: unknown = 'k') => ({ name: 'test/go', data: { n, k } })

/** Sends one event, lets all that it starts come to rest, and answers its id. */
const send = async (n: string, k?: unknown) => {
  const [id] = await engine.send(go(n, k))
  await engine.move()
  return id
}

const statusOf = async (id: string | undefined) => (await engine.runsOf(id)).map(({ status }) => status)

describe('a singleton that skips', () => {
  it('starts nothing while another run of the same key is active, asleep or not', async () => {
    await start(napping('skip'))
    const one = await send('a')
    const two = await send('b')
    const other = await send('c', 'other')
    await engine.move('1h')
    expect(ran).toEqual(['a begins', 'c begins', 'a ends', 'c ends'])
    expect([await statusOf(one), await statusOf(two), await statusOf(other)]).toEqual([
      ['Completed'],
      [],
      ['Completed'],
    ])
    await send('d')
    expect(ran).toContain('d begins')
  })

  it('takes one of several events of the same request', async () => {
    await start(napping('skip'))
    await engine.send(go('a'), go('b'), go('c'))
    await engine.move()
    expect(ran).toEqual(['a begins'])
  })

  it('goes on skipping while the active run tries again', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], singleton: { mode: 'skip' }, retries: 1 },
        async ({ event, attempt }) => {
          ran.push(`${event.data.n} ${attempt}`)
          throw new Error('boom')
        },
      ),
    ])
    // The clock stands still between the two: a move would not rest before the second attempt.
    await engine.send(go('a'))
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['a 0'])
    await engine.send(go('b'))
    await engine.move('1m')
    expect(ran).toEqual(['a 0', 'a 1'])
    await engine.send(go('c'))
    await expect.poll(() => ran, { timeout: 10_000 }).toHaveLength(3)
    expect(ran[2]).toBe('c 0')
  })

  it('knows after a restart which runs are active', async () => {
    await start(napping('skip'))
    await send('a')
    await engine.stop()
    await start(napping('skip'))
    await send('b')
    await engine.move('1h')
    expect(ran).toEqual(['a begins', 'a ends'])
  })

  it('is none where its key is false', async () => {
    await start(napping('skip'))
    await send('a', false)
    await send('b', false)
    expect(ran).toEqual(['a begins', 'b begins'])
  })

  it('tells a run that invokes what is skipped', async () => {
    await start((inngest) => {
      const [f] = napping('skip')(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ step }) =>
          step.invoke('call', { function: f, data: { n: 'b', k: 'k' } }).catch((error: Error) => error.message),
        ),
      ]
    })
    await send('a')
    const [id] = await engine.send({ name: 'test/call' })
    await engine.move()
    const skipped = 'invoked function is skipped: another run of it is active'
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: skipped }])
  })

  it('can be debounced', async () => {
    await start(napping('skip', { debounce: { period: '60s' } }))
    await send('a')
    await send('b')
    await engine.move('1m')
    await send('c')
    await engine.move('10m')
    expect(ran).toEqual(['b begins'])
  })

  it('skips the tick of a schedule while the last one’s run goes on', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ cron: '0 * * * *' }], singleton: { mode: 'skip' } },
        async ({ event, step }) => {
          await step.run('note', () => void ran.push(String(event.data.scheduledAt)))
          await step.sleep('nap', '90m')
        },
      ),
    ])
    await engine.fetch('/dev/clock', {
      method: 'POST',
      body: JSON.stringify({ to: '2030-06-01T12:30:00Z', crons: 'latest' }),
    })
    ran.length = 0
    await engine.move('3h', { crons: 'all' })
    expect(ran).toEqual(['2030-06-01T14:00:00Z'])
  })
})

describe('a singleton that cancels', () => {
  it('cancels the active run of the same key and starts anew', async () => {
    await start(napping('cancel'))
    const one = await send('a')
    const other = await send('b', 'other')
    const two = await send('c')
    await engine.move('1h')
    expect([await statusOf(one), await statusOf(other), await statusOf(two)]).toEqual([
      ['Cancelled'],
      ['Completed'],
      ['Completed'],
    ])
    expect(ran).toEqual(['a begins', 'b begins', 'c begins', 'b ends', 'c ends'])
  })

  it('has the last of several events of the same request', async () => {
    await start(napping('cancel'))
    const ids = await engine.send(go('a'), go('b'), go('c'))
    await engine.move('1h')
    expect(await Promise.all(ids.map(statusOf))).toEqual([['Cancelled'], ['Cancelled'], ['Completed']])
    expect(ran).toEqual(['c begins', 'c ends'])
  })

  it('cancels a run that is not in memory, after a restart too', async () => {
    await start(napping('cancel'))
    const one = await send('a')
    engine.engine.world.runs.clear()
    const two = await send('b')
    await engine.stop()
    await start(napping('cancel'))
    const three = await send('c')
    await engine.move('1h')
    expect([await statusOf(one), await statusOf(two), await statusOf(three)]).toEqual([
      ['Cancelled'],
      ['Cancelled'],
      ['Completed'],
    ])
  })

  it('has the last of several events, though the run that they cancel must be read first', async () => {
    await start(napping('cancel'))
    await send('a')
    engine.engine.world.runs.clear()
    await engine.send(...Array.from({ length: 20 }, (_, n) => go(`b${n}`)))
    await engine.move()
    expect(ran).toEqual(['a begins', 'b19 begins'])
  })

  it('tells listeners, and the run that had invoked the one it cancels', async () => {
    await start((inngest) => {
      const [f] = napping('cancel')(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ step }) =>
          step.invoke('call', { function: f, data: { n: 'a', k: 'k' } }).catch((error: Error) => error.message),
        ),
        inngest.createFunction(
          { id: 'listener', triggers: [{ event: 'inngest/function.cancelled' }] },
          async ({ event }) => void ran.push(`cancelled ${event.data.function_id}`),
        ),
      ]
    })
    const [id] = await engine.send({ name: 'test/call' })
    await engine.move()
    engine.engine.world.runs.clear()
    await send('b')
    expect(await engine.runsOf(id)).toMatchObject([{ output: 'The invoked function was cancelled' }])
    expect(ran).toContain('cancelled app-f')
    expect(ran).toContain('b begins')
  })

  it('starts anew though the run that had invoked the one it cancels is gone altogether', async () => {
    await start((inngest) => {
      const [f] = napping('cancel')(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ step }) =>
          step.invoke('call', { function: f, data: { n: 'a', k: 'k' } }),
        ),
      ]
    })
    await engine.send({ name: 'test/call' })
    await engine.move()
    const client = new pg.Client(database.url)
    await client.connect()
    await client.query(`DELETE FROM engine.run WHERE function_id = 'app-caller'`)
    await client.end()
    engine.engine.world.runs.clear()
    await send('b')
    expect(ran).toEqual(['a begins', 'b begins'])
  })
})
