import { beforeEach, describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const HOUR = 3_600_000

const { ran, start } = ownEngine()
let engine: TestEngine

const functions: Functions = (inngest) => [
  inngest.createFunction(
    {
      id: 'f',
      triggers: [{ event: 'test/go' }],
      cancelOn: [
        { event: 'test/stop', match: 'data.id' },
        { event: 'test/stop-all', timeout: '2h' },
      ],
    },
    async ({ event, step }) => {
      await step.run('begin', () => void ran.push(`${event.data.id} begins`))
      await step.sleep('nap', '5h')
    },
  ),
]

beforeEach(async () => {
  engine = await start(functions)
})

const go = (id: number, ts?: number) => ({ name: 'test/go', data: { id }, ...(ts === undefined ? {} : { ts }) })
const stop = (id: number) => ({ name: 'test/stop', data: { id } })
const statusOf = async (id: string | undefined) => (await engine.runsOf(id))[0]?.status

describe('an event that cancels', () => {
  it('ends the runs of its own key alone, over a restart too', async () => {
    const ids = await engine.send(go(1), go(2))
    await engine.move()
    await engine.stop()
    engine = await start(functions)
    await engine.send(stop(1))
    await engine.move('6h')
    expect(await Promise.all(ids.map(statusOf))).toEqual(['Cancelled', 'Completed'])
  })

  it('ends a run of the same request that comes before it, and none that comes after it', async () => {
    const [first] = await engine.send(go(1), stop(1))
    const [, second] = await engine.send(stop(2), go(2))
    await engine.move('6h')
    expect([await statusOf(first), await statusOf(second)]).toEqual(['Cancelled', 'Completed'])
  })

  it('ends a run whose time has not come yet, which then never begins', async () => {
    const [id] = await engine.send(go(1, engine.engine.clock.now() + HOUR))
    await engine.send(stop(1))
    await engine.move('2h')
    expect([await statusOf(id), ran]).toEqual(['Cancelled', []])
  })

  it('means nothing once its timeout is over, and leaves no wait behind', async () => {
    const [id] = await engine.send(go(1))
    await engine.move('3h')
    await engine.send({ name: 'test/stop-all' })
    await engine.move('3h')
    expect(await statusOf(id)).toBe('Completed')
    expect((await engine.engine.world.readers.query('SELECT 1 FROM engine.wait')).rowCount).toBe(0)
  })
})
