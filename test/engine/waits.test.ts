import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

const count = async (table: 'wait' | 'item') =>
  (await engine.engine.world.readers.query(`SELECT 1 FROM engine.${table}`)).rowCount

describe('a wait for an event', () => {
  const beside: Functions = (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
      const chain = async () => {
        for (const id of ['a', 'b', 'c']) await step.run(id, () => void ran.push(id))
      }
      const reply = step.waitForEvent('w', { event: 'test/reply', timeout: '1d' })
      const [got] = await Promise.all([reply, chain()])
      return got?.data.n ?? 'nothing'
    }),
  ]

  const waiting = async () => {
    await start(beside)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    return id
  }

  it('is one wait with one timer, though each replay reports it again', async () => {
    await waiting()
    expect(ran).toEqual(['a', 'b', 'c'])
    expect([await count('wait'), await count('item')]).toEqual([1, 1])
  })

  it('takes the first event of several in one request, and leaves nothing behind', async () => {
    const id = await waiting()
    await engine.send(...[1, 2, 3].map((n) => ({ name: 'test/reply', data: { n } })))
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 1 }])
    expect([await count('wait'), await count('item')]).toEqual([0, 0])
  })

  it('does not take an event of the request that has started its run', async () => {
    await start(beside)
    const [id] = await engine.send({ name: 'test/reply', data: { n: 1 } }, { name: 'test/go' })
    await engine.move('2d')
    expect(await engine.runsOf(id)).toEqual([])
    const { rows } = await engine.engine.world.readers.query('SELECT output FROM engine.run')
    expect(rows).toEqual([{ output: '"nothing"' }])
  })

  it('takes an event whose id has come before, when nobody waited', async () => {
    await start(beside)
    await engine.send({ name: 'test/reply', id: 'fact', data: { n: 1 } })
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await engine.send({ name: 'test/reply', id: 'fact', data: { n: 2 } })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 2 }])
  })

  it('takes nothing after its timeout, also where it is over and its timer has not fired', async () => {
    const id = await waiting()
    engine.engine.dispatcher.stop()
    engine.engine.clock.offsetMs += 2 * 24 * 3_600_000
    await engine.send({ name: 'test/reply', data: { n: 1 } })
    engine.engine.dispatcher.start()
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'nothing' }])
  })
})

describe('the end of another run', () => {
  const isWork = "async.data.function_id == 'app-work'"
  const finished = 'inngest/function.finished'
  const functions: Functions = (inngest) => [
    inngest.createFunction({ id: 'work', triggers: [{ event: 'test/work' }] }, async ({ step }) => {
      await step.sleep('nap', '1h')
      return 'worked'
    }),
    inngest.createFunction({ id: 'waiter', triggers: [{ event: 'test/wait' }] }, async ({ step }) => {
      const end = await step.waitForEvent('w', { event: finished, timeout: '1d', if: isWork })
      return (end?.data as { result: string } | undefined)?.result
    }),
    inngest.createFunction(
      { id: 'idle', triggers: [{ event: 'test/wait' }], cancelOn: [{ event: finished, if: isWork }] },
      async ({ step }) => step.sleep('nap', '3d'),
    ),
  ]

  it('can be waited for, and can cancel a run, after a restart too', async () => {
    await start(functions)
    const [id] = await engine.send({ name: 'test/wait' }, { name: 'test/work' })
    await engine.move()
    await engine.stop()
    await start(functions)
    await engine.move('2h')
    const outcomes = (await engine.runsOf(id)).map(({ status, output }) => [status, output])
    expect(outcomes.sort()).toEqual([
      ['Cancelled', undefined],
      ['Completed', 'worked'],
    ])
  })
})
