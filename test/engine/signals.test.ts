import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ event, step }) => {
    const { timeout = '1d', onConflict = 'fail' } = event.data as { timeout?: string; onConflict?: 'fail' | 'replace' }
    const chain = async () => {
      await step.run('a', () => 1)
      await step.run('b', () => 2)
    }
    const [got] = await Promise.all([step.waitForSignal('w', { signal: 's', timeout, onConflict }), chain()])
    return got?.data ?? 'nothing'
  }),
]

beforeEach(async () => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
})

afterEach(async () => {
  await engine.stop(0)
})

const waiting = async (data = {}) => {
  const [id] = await engine.send({ name: 'test/go', data })
  await engine.move()
  return id
}

const signal = async (body: unknown) => {
  const response = await engine.fetch('/v1/signals', { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { error?: string; data?: { run_id: string } } }
}

const outcome = async (id: string | undefined) => {
  await engine.move()
  return (await engine.runsOf(id))[0]
}

describe('a wait for a signal', () => {
  it('is one wait, though each replay reports it again', async () => {
    const id = await waiting()
    expect(engine.calls.length).toBeGreaterThan(3)
    expect(await signal({ signal: 's', data: 'hello' })).toMatchObject({ status: 200 })
    expect(await outcome(id)).toMatchObject({ status: 'Completed', output: 'hello' })
  })

  it('outlives the engine', async () => {
    const id = await waiting()
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url, functions })
    const { body } = await signal({ signal: 's', data: 'hello' })
    expect(await outcome(id)).toMatchObject({ run_id: body.data?.run_id, output: 'hello' })
  })

  it('ends with its run, so that another run may wait for it', async () => {
    const first = await waiting()
    const [run] = await engine.runsOf(first)
    await engine.fetch(`/v1/runs/${run?.run_id}`, { method: 'DELETE' })
    expect((await signal({ signal: 's' })).status).toBe(404)
    const second = await waiting()
    expect((await signal({ signal: 's', data: 2 })).status).toBe(200)
    expect(await outcome(second)).toMatchObject({ output: 2 })
  })

  it('is there for one signal only, and for none after its timeout', async () => {
    const id = await waiting({ timeout: '1h' })
    await engine.move('2h')
    expect((await signal({ signal: 's' })).status).toBe(404)
    expect(await outcome(id)).toMatchObject({ output: 'nothing' })
    await waiting()
    expect([(await signal({ signal: 's' })).status, (await signal({ signal: 's' })).status]).toEqual([200, 404])
  })

  it('that was replaced neither takes the signal nor frees it when it times out', async () => {
    const first = await waiting({ timeout: '1h' })
    const second = await waiting({ onConflict: 'replace' })
    await engine.move('2h')
    expect(await outcome(first)).toMatchObject({ status: 'Completed', output: 'nothing' })
    await signal({ signal: 's', data: 'hello' })
    expect(await outcome(second)).toMatchObject({ status: 'Completed', output: 'hello' })
    const { rows } = await engine.engine.world.readers.query('SELECT count(*)::int AS n FROM engine.signal')
    expect(rows).toEqual([{ n: 0 }])
  })

  it('may have a name as long as any, in any script', async () => {
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, ({ step }) =>
        step.waitForSignal('w', { signal: '漢'.repeat(800), timeout: '1d', onConflict: 'fail' }),
      ),
    ])
    const id = await waiting()
    expect((await signal({ signal: '漢'.repeat(800), data: 1 })).status).toBe(200)
    expect(await outcome(id)).toMatchObject({ status: 'Completed' })
  })
})

describe('the door for signals', () => {
  it.each([
    [{}, 'signal'],
    [{ signal: '' }, 'signal'],
    [{ signal: 7 }, 'signal'],
    [{ signal: 's\u0000' }, 'signal'],
    [{ signal: 'x'.repeat(801) }, 'signal'],
  ])('refuses what is wrong, naming the field: %j', async (body, field) => {
    expect(await signal(body)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(new RegExp(`^${field}: `)) },
    })
  })
})
