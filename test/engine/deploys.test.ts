import pino from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppPoller } from '@/engine/loop/app-poller'
import { type Functions, SIGNING_KEY, type TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'
import { startSdkApp } from '../support/sdk-app'

const { ran, start } = ownEngine()
let engine: TestEngine

beforeEach(async () => {
  engine = await start()
})

const version =
  (steps: string[], id = 'f'): Functions =>
  (inngest) => [
    inngest.createFunction({ id, triggers: [{ event: 'test/go' }], retries: 1 }, async ({ step }) => {
      for (const name of steps) {
        if (name === 'nap') await step.sleep('nap', '1d')
        else await step.run(name, () => void ran.push(name))
      }
      return steps.join(' ')
    }),
  ]

describe('a deploy while runs sleep', () => {
  it('that adds and drops steps keeps what was done, and runs what is new', async () => {
    await engine.serve(version(['a', 'nap', 'b']))
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await engine.serve(version(['nap', 'b', 'c']))
    await engine.move('1d')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'nap b c' }])
    expect(ran).toEqual(['a', 'b', 'c'])
  })

  it('that renames the function fails its runs after their attempts, with the reason', async () => {
    await engine.serve(version(['a', 'nap', 'b']))
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await engine.serve(version(['a', 'nap', 'b'], 'renamed'))
    await engine.move('2d')
    const [run] = await engine.runsOf(id)
    expect(run).toMatchObject({ status: 'Failed', output: { message: expect.stringContaining('app-f') } })
  })
})

describe('a function that is taken out while its runs sleep', () => {
  it('and comes back before their attempts are used up goes on with them', async () => {
    await engine.serve(version(['a', 'nap', 'b']))
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await engine.serve(version(['x'], 'other'))
    await engine.move('1d')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Running' }])
    await engine.serve(version(['a', 'nap', 'b']))
    await engine.move('1h')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'a nap b' }])
    expect(ran).toEqual(['a', 'b'])
  })

  it('and never comes back fails them, and they hold nobody else up', async () => {
    await engine.serve(version(['a', 'nap', 'b']))
    const [gone] = await engine.send({ name: 'test/go' })
    await engine.move()
    await engine.serve(version(['x'], 'other'))
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move('2d')
    expect(await engine.runsOf(gone)).toMatchObject([
      { status: 'Failed', output: { message: expect.stringContaining('app-f') } },
    ])
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'x' }])
  })
})

describe('an app and its engine', () => {
  it('that have different keys don’t talk, and no attempt is used up', async () => {
    await engine.serve(version(['a']))
    const strangers: number[] = []
    const foreign = await startSdkApp(
      { url: engine.url, signingKey: `signkey-test-${'00'.repeat(32)}` },
      version(['a']),
    )
    engine.fault = async ({ headers, body }) => {
      const response = await fetch(`${foreign.url}?fnId=app-f&stepId=step`, {
        method: 'POST',
        headers,
        body: body ?? '',
      })
      strangers.push(response.status)
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    }
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => strangers.length).toBeGreaterThan(5)
    expect(new Set(strangers)).toEqual(new Set([401]))
    engine.fault = () => undefined
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
    await foreign.close()
  })

  it('find each other by polling, in one signed call', async () => {
    const app = await startSdkApp({ url: engine.url, signingKey: SIGNING_KEY }, version(['a']))
    const { httpTransport } = await import('@/engine/execution/transport')
    const { transport, close } = httpTransport()
    const parts = { ...engine.engine, transport, signingKey: SIGNING_KEY, log: pino({ level: 'silent' }) }
    const poller = new AppPoller(parts, [app.url, 'http://127.0.0.1:1/api/inngest'], 1_000)
    await poller.runOnce()
    expect([...engine.engine.world.functions.keys()]).toEqual(['app-f'])
    expect(engine.engine.world.functions.get('app-f')?.config.steps.step.runtime.url).toContain(app.url)
    await close()
    await app.close()
  })
})
