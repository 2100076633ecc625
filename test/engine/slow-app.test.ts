import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpTransport } from '@/engine/execution/transport'
import { EVENT_KEY, gate, SIGNING_KEY, type TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'
import { type SdkApp, startSdkApp } from '../support/sdk-app'

const LONGEST_CALL_MS = 300

const { ran, start } = ownEngine()
let engine: TestEngine
let app: SdkApp
let sockets: ReturnType<typeof httpTransport>
let held: ReturnType<typeof gate>

/** An app behind a real socket whose second step, and its last one, take too long the first time. */
beforeEach(async () => {
  held = gate()
  sockets = httpTransport(LONGEST_CALL_MS)
  engine = await start(undefined, { transport: sockets.transport })
  const slowOnce = async (step: string) => {
    ran.push(step)
    if (ran.filter((one) => one === step).length === 1) await held.opened
  }
  app = await startSdkApp({ url: engine.url, eventKey: EVENT_KEY, signingKey: SIGNING_KEY }, (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ step, attempt }) => {
      await step.run('a', () => void ran.push('a'))
      await step.run('b', () => slowOnce('b'))
      await Promise.all([step.run('c', () => slowOnce('c')), step.run('d', () => void ran.push('d'))])
      return `done at attempt ${attempt}`
    }),
  ])
  await app.register()
})

afterEach(async () => {
  held.open()
  await app.close()
  await sockets.close()
})

describe('an app that takes longer than a call may', () => {
  it('is called again for what it has not told, which uses up no attempt', async () => {
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done at attempt 0' }])
    for (const slow of ['b', 'c']) expect(ran.filter((step) => step === slow).length).toBeGreaterThan(1)
  })

  it('and tells in the end what it did in the call that was given up, is not heard', async () => {
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toContain('d')
    held.open()
    await engine.move()
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done at attempt 0' }])
    const { rows } = await engine.engine.world.readers.query('SELECT count(*)::int AS n FROM engine.step')
    expect(rows).toEqual([{ n: 4 }])
  })
})
