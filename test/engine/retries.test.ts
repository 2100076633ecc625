import { RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started } = ownEngine()
let engine: TestEngine
/** The instants of engine time at which it was tried. */
let tries: number[]

/** On a machine whose clock stands still, so that what was waited is just what was decided. */
const realNow = Date.now()
const open = async (functions: Functions) => {
  engine = await started(functions, { realNow: () => realNow })
}

const start = (functions: Functions) => {
  tries = []
  return open(functions)
}

const waits = () => tries.slice(1).map((at, i) => (at - (tries[i] ?? 0)) / 1_000)

const outcome = async () => {
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move('1d')
  return (await engine.runsOf(id))[0]
}

const failing =
  (retries: 0 | 4 | 12, error: () => Error = () => new Error('boom')): Functions =>
  (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries }, async () => {
      tries.push(engine.engine.clock.now())
      throw error()
    }),
  ]

const second = 1
const minute = 60 * second
const hour = 60 * minute

describe('a function that goes on failing', () => {
  it('is tried again after waits that grow, and no more than its retries allow', async () => {
    await start(failing(4))
    expect(await outcome()).toMatchObject({ status: 'Failed', output: { message: 'boom' } })
    expect(waits()).toEqual([15 * second, 30 * second, minute, 2 * minute])
  })

  it('is tried again after two hours at most', async () => {
    await start(failing(12))
    expect(await outcome()).toMatchObject({ status: 'Failed' })
    expect(waits().slice(4)).toEqual([5, 10, 20, 40, 60, 120, 120, 120].map((minutes) => minutes * minute))
  })

  it('is tried once where it may not be tried again', async () => {
    await start(failing(0))
    expect(await outcome()).toMatchObject({ status: 'Failed' })
    expect(tries).toHaveLength(1)
  })

  it('is tried four times again where it says nothing', async () => {
    await start((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => {
        tries.push(engine.engine.clock.now())
        throw new Error('boom')
      }),
    ])
    await outcome()
    expect(tries).toHaveLength(5)
  })

  it('may say itself when, within a day', async () => {
    const asked = ['2h', '30d', 5_000, '1s']
    await start(failing(4, () => new RetryAfterError('later', asked[tries.length - 1] as '2h')))
    await engine.send({ name: 'test/go' })
    await engine.move('3d')
    expect(waits()).toEqual([2 * hour, 24 * hour, 5 * second, second])
  })
})

describe('a step that goes on failing', () => {
  it('has attempts of its own, over a restart too, and steps beside it go on', async () => {
    const functions: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 2 }, async ({ step }) => {
        const bad = step
          .run('bad', () => {
            tries.push(engine.engine.clock.now())
            throw new Error('boom')
          })
          .catch((error: Error) => error.message)
        const chain = async () => {
          for (const id of ['a', 'b']) await step.run(id, () => void ran.push(id))
        }
        const [message] = await Promise.all([bad, chain()])
        return message
      }),
    ]
    await start(functions)
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toEqual(['a', 'b'])
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Running' }])
    await engine.stop()
    await open(functions)
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'boom' }])
    expect(waits()).toEqual([15 * second, 30 * second])
    expect(ran).toEqual(['a', 'b'])
  })
})

describe('an app that answers with errors of the SDK’s own', () => {
  it('is asked again as often as for an error of the function', async () => {
    await start(failing(4))
    const body = JSON.stringify({ type: 'internal', name: 'Error', message: 'no such function', stack: 'at a' })
    engine.fault = () => {
      tries.push(engine.engine.clock.now())
      return { status: 500, headers: { 'x-inngest-sdk': 'inngest-js:v4.24.0' }, body }
    }
    expect(await outcome()).toMatchObject({ status: 'Failed', output: { message: 'no such function' } })
    expect(waits()).toEqual([15 * second, 30 * second, minute, 2 * minute])
  })
})
