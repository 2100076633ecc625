import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

const start = async (functions: Functions) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
}

beforeEach(async () => {
  ran = []
})

afterEach(async () => {
  await engine.stop(0)
})

/** Stops the engine and starts another one on the same database, as after a deploy or a crash. */
async function restart(functions: Functions, limitMs?: number): Promise<void> {
  await engine.stop(limitMs)
  await start(functions)
}

const sleeper: Functions = (inngest) => [
  inngest.createFunction({ id: 'sleeper', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
    await step.run('first', () => void ran.push('first'))
    await step.sleep('nap', '2d')
    const reply = await step.waitForEvent('reply', { event: 'test/reply', timeout: '2d', match: 'data.id' })
    await step.run('last', () => void ran.push('last'))
    return reply?.data
  }),
]

describe('a restart of the engine', () => {
  it('keeps a run that sleeps, and its steps are not run again', async () => {
    await start(sleeper)
    const [id] = await engine.send({ name: 'test/go', data: { id: 1 } })
    await engine.move()
    await restart(sleeper)
    await engine.move('2d')
    await restart(sleeper)
    await engine.send({ name: 'test/reply', data: { id: 1 } })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: { id: 1 } }])
    expect(ran).toEqual(['first', 'last'])
  })

  it('keeps a run for an event of the future, which starts then', async () => {
    await start(sleeper)
    const [id] = await engine.send({ name: 'test/go', data: { id: 1 }, ts: engine.engine.clock.now() + 3_600_000 })
    await restart(sleeper)
    await engine.move('59m')
    expect([ran, await engine.runsOf(id)]).toMatchObject([[], [{ status: 'Running' }]])
    await engine.move('2m')
    expect(ran).toEqual(['first'])
  })

  it('keeps how far time was moved', async () => {
    await start(sleeper)
    await engine.move('10d')
    const before = engine.engine.clock.offsetMs
    await restart(sleeper)
    expect(engine.engine.clock.offsetMs).toBe(before)
  })

  it('calls again for the answer that was lost, and only for that', async () => {
    const held = gate()
    const functions: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.run('one', () => void ran.push('one'))
        await step.run('two', async () => {
          ran.push('two')
          await held.opened
        })
        return 'done'
      }),
    ]
    await start(functions)
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toEqual(['one', 'two'])
    const lost = engine
    const stopped = lost.stop(0)
    await stopped
    held.open()
    await start(functions)
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(ran).toEqual(['one', 'two', 'two'])
  })

  it('calls again for an answer that was there and not stored yet, and keeps what had been', async () => {
    const functions: Functions = (inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], checkpointing: false },
        async ({ event, step }) => {
          for (const name of ['one', 'two', 'three']) await step.run(name, () => void ran.push(name))
          return event.data.id
        },
      ),
    ]
    await start(functions)
    const db = new pg.Client(database.url)
    await db.connect()
    engine.heard = ({ body }) => {
      if (body.includes('"two"')) answered.open()
    }
    engine.fault = async () => {
      // Nothing can be written from the second step's call on.
      if (ran.length === 1) await db.query('BEGIN; LOCK TABLE engine.step IN SHARE MODE')
      return undefined
    }
    const answered = gate()
    const [id] = await engine.send({ name: 'test/go', data: { id: 7 } })
    await answered.opened
    const stopped = engine.stop(0)
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'backroom-engine'`,
    )
    await stopped
    await db.query('ROLLBACK')
    expect((await db.query('SELECT name FROM engine.step')).rows).toEqual([{ name: 'one' }])
    await db.end()
    await start(functions)
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 7 }])
    expect(ran).toEqual(['one', 'two', 'two', 'three'])
  })

  it('lets a call under way end first when it stops gracefully', async () => {
    const held = gate()
    const functions: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.run('slow', async () => {
          ran.push('slow')
          await held.opened
        })
        return 'done'
      }),
    ]
    await start(functions)
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toEqual(['slow'])
    const stopping = engine.stop()
    held.open()
    await stopping
    await start(functions)
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(ran).toEqual(['slow'])
  })

  it('does not start a function again for an event id that it had', async () => {
    await start(sleeper)
    await engine.send({ name: 'test/go', id: 'fact-1' })
    await engine.move()
    await restart(sleeper)
    const [again] = await engine.send({ name: 'test/go', id: 'fact-1' })
    await engine.move()
    expect(await engine.runsOf(again)).toEqual([])
    expect(ran).toEqual(['first'])
  })

  it('keeps how much of a throttle is spent', async () => {
    const functions: Functions = (inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], throttle: { limit: 1, period: '1h' } },
        async () => void ran.push('ran'),
      ),
    ]
    await start(functions)
    await engine.send({ name: 'test/go' })
    await engine.move()
    await restart(functions)
    await engine.send({ name: 'test/go' })
    await engine.move('59m')
    expect(ran).toEqual(['ran'])
    await engine.move('2m')
    expect(ran).toEqual(['ran', 'ran'])
  })

  it('counts the parallel steps that were under way, and loses none', async () => {
    const functions: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        const names = ['a', 'b', 'c', 'd']
        return await Promise.all([...names.map((name) => step.run(name, () => name)), step.sleep('nap', '1h')])
      }),
    ]
    await start(functions)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await restart(functions)
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: ['a', 'b', 'c', 'd', null] }])
  })
})
