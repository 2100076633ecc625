import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let woken: string[]

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step }) => {
    await step.sleep('nap', '10d')
    woken.push(String(event.data.user))
  }),
  inngest.createFunction({ id: 'other', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
    await step.sleep('nap', '10d')
    woken.push('other')
  }),
]

beforeEach(async () => {
  woken = []
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
})

afterEach(async () => {
  await engine.stop(0)
})

type Order = { id: string; cancelled: number; is_done: boolean }

const now = () => new Date(engine.engine.clock.now()).toISOString()

const post = async (order: object) => {
  const body = JSON.stringify({ app_id: 'app', function_id: 'f', started_before: now(), ...order })
  const response = await engine.fetch('/v1/cancellations', { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as { data: Order; error?: string } }
}

const orders = async () => ((await (await engine.fetch('/v1/cancellations')).json()) as { data: Order[] }).data

/** Gives an order and waits until it is carried out. */
const cancelled = async (order: object) => {
  const { body } = await post(order)
  await expect.poll(async () => (await orders()).find(({ id }) => id === body.data.id)?.is_done).toBe(true)
  return (await orders()).find(({ id }) => id === body.data.id)?.cancelled
}

const sleeping = async (...users: string[]) => {
  await engine.send(...users.map((user) => ({ name: 'test/go', data: { user } })))
  await engine.move()
}

describe('a bulk cancellation', () => {
  it('cancels the runs of one function, many commits of them, and no other’s', async () => {
    await sleeping(...Array.from({ length: 250 }, (_, n) => `user-${n}`))
    expect(await cancelled({})).toBe(250)
    await engine.move('11d')
    expect(new Set(woken)).toEqual(new Set(['other']))
  }, 60_000)

  it('means the runs of its span of time alone, and what comes after it is not touched', async () => {
    await sleeping('before')
    await engine.move('1h')
    const after = now()
    await engine.move('1h')
    await sleeping('within')
    expect(await cancelled({ started_after: after, started_before: '2999-01-01T00:00:00Z' })).toBe(1)
    await sleeping('later')
    await engine.move('11d')
    expect(woken.filter((user) => user !== 'other').sort()).toEqual(['before', 'later'])
  })

  it('may ask for a condition on the event, and name the function with its app before it', async () => {
    await sleeping('one', 'two')
    expect(await cancelled({ function_id: 'app-f', if: "event.data.user == 'one'" })).toBe(1)
    await engine.move('11d')
    expect(woken.filter((user) => user !== 'other')).toEqual(['two'])
  })

  it('reaches runs that wait for their turn, or for the time of their event', async () => {
    const held = gate()
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], concurrency: 1 }, async ({ event }) => {
        woken.push(String(event.data.user))
        await held.opened
      }),
    ])
    await engine.send(...['one', 'two'].map((user) => ({ name: 'test/go', data: { user } })))
    await engine.send({ name: 'test/go', data: { user: 'later' }, ts: engine.engine.clock.now() + 3_600_000 })
    await expect.poll(() => woken).toHaveLength(1)
    expect(await cancelled({})).toBe(3)
    held.open()
    await engine.move('2h')
    expect(woken).toHaveLength(1)
  })

  it('is carried on by the next engine where the one before has left it', async () => {
    await sleeping('one', 'two')
    const { body } = await post({})
    await expect.poll(async () => (await orders())[0]?.is_done).toBe(true)
    // As a crash before the last commit would have left it.
    const { readers } = engine.engine.world
    await readers.query(`UPDATE engine.cancellation SET is_done = false, cancelled = 0, seen_up_to = ''`)
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url, functions })
    await expect.poll(async () => (await orders())[0]).toMatchObject({ id: body.data.id, is_done: true })
  })

  it('can be lifted, and is gone then', async () => {
    const { body } = await post({})
    const path = `/v1/cancellations/${body.data.id}`
    expect((await engine.fetch(path, { method: 'DELETE' })).status).toBe(200)
    expect(await orders()).toEqual([])
    expect((await engine.fetch(path, { method: 'DELETE' })).status).toBe(404)
  })

  it('raises the events of a cancelled run', async () => {
    await sleeping('one')
    await engine.serve((inngest) => [
      ...functions(inngest),
      inngest.createFunction(
        { id: 'listener', triggers: [{ event: 'inngest/function.cancelled' }] },
        async ({ event }) => void woken.push(String(event.data.function_id)),
      ),
    ])
    await cancelled({})
    await engine.move()
    expect(woken).toEqual(['app-f'])
  })

  it.each([
    [{ app_id: undefined }, 400, 'app_id'],
    [{ app_id: 'a\u0000' }, 400, 'app_id'],
    [{ function_id: '' }, 400, 'function_id'],
    [{ function_id: 'nobody' }, 404, 'function_id'],
    [{ app_id: 'other' }, 404, 'function_id'],
    [{ started_before: undefined }, 400, 'started_before'],
    [{ started_before: 'now' }, 400, 'started_before'],
    [{ started_after: '2999-01-01T00:00:00Z' }, 400, 'started_before'],
    [{ if: 'event.data.a ==' }, 400, 'if'],
    [{ if: 7 }, 400, 'if'],
  ])('that is wrong is refused, naming the field: %j', async (change, status, field) => {
    const answer = await post(change)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatch(new RegExp(`^${field}: `))
    expect(await orders()).toEqual([])
  })
})
