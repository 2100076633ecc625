import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import { ownDatabase } from '../support/database'
import { type Fault, type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ attempt, step }) => {
    await step.run('a', () => void ran.push(`a at attempt ${attempt}`))
    return 'done'
  }),
]

beforeEach(async () => {
  ran = []
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
})

afterEach(async () => {
  await engine.stop(0)
})

/** The first calls meet this fault, the later ones none. */
function firstCalls(count: number, fault: () => ReturnType<Fault>): Fault {
  let left = count
  return () => (left-- > 0 ? fault() : undefined)
}

describe('an app that is away', () => {
  it.each<[string, () => ReturnType<Fault>]>([
    ['refuses connections', () => Promise.reject(new TransportError('refused', 'connect ECONNREFUSED'))],
    [
      'is answered for by a proxy',
      () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' }),
    ],
    [
      'answers 500 before the SDK does',
      () => ({ status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Internal Server Error</h1>' }),
    ],
    ['is answered for by another site', () => ({ status: 200, headers: {}, body: '{"ok":true}' })],
  ])('and %s uses up no attempt, however often', async (_, fault) => {
    engine.fault = firstCalls(50, fault)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(ran).toEqual(['a at attempt 0'])
  })

  const half = (status: number, body: string) => ({ status, headers: { 'x-inngest-sdk': 'inngest-js:v4.24.0' }, body })

  it.each([
    ['of a stream', half(201, '     {"status":206,"bo')],
    ['before its first byte', half(206, '')],
    ['of its ops', half(206, '[{"id":"86f7e437faa5a7fce15d1ddcb9')],
    ['of its value', half(200, '{"ok":')],
    ['with a page for the rest', half(206, '<html>Bad gateway</html>')],
  ])('and breaks off in the middle of an answer, %s, is called again, and uses up no attempt', async (_, answer) => {
    engine.fault = firstCalls(10, () => answer)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
    expect(ran).toEqual(['a at attempt 0'])
  })

  it('and breaks off each time fails the run with that reason, as it does when it drops connections', async () => {
    engine.fault = () => half(206, '[{"id":"')
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([
      { status: 'Failed', output: { message: expect.stringContaining('is not whole') } },
    ])
  })

  it('and drops connections gets 19 more calls, and the 20th drop fails the run with that reason', async () => {
    let calls = 0
    engine.fault = () => {
      calls++
      return Promise.reject(new TransportError('reset', 'socket hang up'))
    }
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    const [run] = await engine.runsOf(id)
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('lost 20 times in a row') },
    })
    expect(calls).toBe(20)
  })

  it('and dropped some connections starts to count anew once it has answered', async () => {
    let calls = 0
    engine.fault = () =>
      ++calls % 15 === 0 ? undefined : Promise.reject(new TransportError('reset', 'socket hang up'))
    const twoCalls: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.run('a', () => 1)
        await step.sleep('nap', '1h')
        return 'done'
      }),
    ]
    await engine.serve(twoCalls)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
  })

  it('is called at once when it registers again', async () => {
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url, transportWaitMs: () => 3_600_000 })
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => [...engine.engine.dispatcher.calls.values()].map((call) => call.state)).toEqual(['away'])
    await engine.serve(functions)
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
  })
})
