import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

/** A function that invokes one which sleeps for an hour, and waits for it as long as its own event says. */
const functions: Functions = (inngest) => {
  const callee = inngest.createFunction(
    { id: 'callee', triggers: [{ event: 'test/never' }] },
    async ({ event, step }) => {
      await step.run('note', () => void ran.push(`called with ${event.data.n} of version ${event.v}`))
      await step.sleep('nap', '1h')
      return event.data.n
    },
  )
  const caller = inngest.createFunction(
    { id: 'f', triggers: [{ event: 'test/go' }], retries: 0 },
    async ({ event, step }) => {
      const call = { function: callee, data: { n: 7 }, v: '2', timeout: event.data.timeout }
      const answer = await step.invoke('call', call).catch((error: Error) => error.message)
      await step.sleep('nap', '3h')
      return answer
    },
  )
  return [callee, caller]
}

const TIMED_OUT = 'Timed out waiting for invoked function to complete'

const go = async (timeout: string) => {
  const [id] = await engine.send({ name: 'test/go', data: { timeout } })
  await engine.move()
  return id
}

describe('an invoke', () => {
  it('hands on its data and their version', async () => {
    await start(functions)
    await go('1d')
    expect(ran).toEqual(['called with 7 of version 2'])
  })

  it('that takes too long is an error, after a restart too, and the end of its callee changes nothing any more', async () => {
    await start(functions)
    const id = await go('30m')
    await engine.stop()
    await start(functions)
    await engine.move('5h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: TIMED_OUT }])
    const { rows } = await engine.engine.world.readers.query('SELECT status FROM engine.run')
    expect(rows).toEqual([{ status: 'completed' }, { status: 'completed' }])
  })

  it('goes on when its callee ends, though an engine has ended in between', async () => {
    await start(functions)
    const id = await go('1d')
    await engine.stop()
    await start(functions)
    await engine.move('5h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 7 }])
  })
})
