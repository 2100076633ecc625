import { describe, expect, it } from 'vitest'
import { type Functions, gate, type TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const { ran, start: started } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

/** A function whose runs note that they begin, do what is asked for in between, and note that they end. */
const noting =
  (options: object, between: (step: { sleep: (id: string, ms: string) => Promise<void> }) => unknown): Functions =>
  (inngest) => [
    inngest.createFunction(
      { id: 'f', triggers: [{ event: 'test/go' }], ...options } as Parameters<typeof inngest.createFunction>[0],
      async ({ event, step }) => {
        await step.run('begin', () => void ran.push(`${event.data.n} begins`))
        await between(step)
        await step.run('end', () => void ran.push(`${event.data.n} ends`))
      },
    ),
    inngest.createFunction(
      { id: 'listener', triggers: [{ event: 'inngest/function.cancelled' }] },
      async ({ event }) => void ran.push(`${event.data.event.data.n} is cancelled`),
    ),
  ]

const go = (n: number, ts?: number) => ({ name: 'test/go', data: { n }, ...(ts === undefined ? {} : { ts }) })
const statusOf = async (id: string | undefined) => (await engine.runsOf(id))[0]?.status
const napping = (length: string) => (step: { sleep: (id: string, ms: string) => Promise<void> }) =>
  step.sleep('nap', length)

/** Time goes by while a call is under way, for which a move of the clock would wait. */
const letPass = (ms: number) => {
  engine.engine.clock.offsetMs += ms
  engine.engine.dispatcher.pump()
}

describe('a start timeout', () => {
  it('cancels a run that waits for its turn for longer, and tells so', async () => {
    const held = gate()
    await start(noting({ concurrency: 1, timeouts: { start: '10m' } }, () => held.opened))
    const [first] = await engine.send(go(1))
    await expect.poll(() => ran).toEqual(['1 begins'])
    const [second] = await engine.send(go(2))
    letPass(9 * MINUTE)
    expect(await statusOf(second)).toBe('Running')
    letPass(2 * MINUTE)
    await expect.poll(() => statusOf(second)).toBe('Cancelled')
    held.open()
    await engine.move()
    expect(await statusOf(first)).toBe('Completed')
    expect(ran.toSorted()).toEqual(['1 begins', '1 ends', '2 is cancelled'])
  })

  it('counts from the time of an event of the future, at which its run may start', async () => {
    await start(noting({ timeouts: { start: '10m' } }, napping('1m')))
    const [id] = await engine.send(go(1, engine.engine.clock.now() + HOUR))
    await engine.move('59m')
    expect(await statusOf(id)).toBe('Running')
    await engine.move('5m')
    expect(await statusOf(id)).toBe('Completed')
  })

  it('means nothing any more to a run that has begun, over a restart too', async () => {
    const functions = noting({ timeouts: { start: '10m' } }, napping('2h'))
    await start(functions)
    const [id] = await engine.send(go(1))
    await engine.move()
    await engine.stop()
    await start(functions)
    await engine.move('3h')
    expect(await statusOf(id)).toBe('Completed')
  })
})

describe('a finish timeout', () => {
  it('cancels a run that takes longer, and tells so', async () => {
    await start(noting({ timeouts: { finish: '30m' } }, napping('1h')))
    const [id] = await engine.send(go(1))
    await engine.move('29m')
    expect(await statusOf(id)).toBe('Running')
    await engine.move('2m')
    expect(await statusOf(id)).toBe('Cancelled')
    await engine.move('2h')
    expect(ran).toEqual(['1 begins', '1 is cancelled'])
  })

  it('counts from a run’s first call, not from its event', async () => {
    await start(noting({ throttle: { limit: 1, period: '1h' }, timeouts: { finish: '30m' } }, napping('20m')))
    const ids = await engine.send(go(1), go(2))
    await engine.move('3h')
    expect(await Promise.all(ids.map(statusOf))).toEqual(['Completed', 'Completed'])
  })

  it('holds over a restart', async () => {
    const functions = noting({ timeouts: { finish: '30m' } }, napping('1h'))
    await start(functions)
    const [id] = await engine.send(go(1))
    await engine.move('20m')
    await engine.stop()
    await start(functions)
    await engine.move('11m')
    expect(await statusOf(id)).toBe('Cancelled')
  })

  it('throws away the answer of the call that is under way', async () => {
    const held = gate()
    await start(noting({ timeouts: { finish: '30m' } }, () => held.opened))
    const [id] = await engine.send(go(1))
    await expect.poll(() => ran).toEqual(['1 begins'])
    letPass(31 * MINUTE)
    await expect.poll(() => statusOf(id)).toBe('Cancelled')
    held.open()
    await engine.move()
    expect(await statusOf(id)).toBe('Cancelled')
  })
})
