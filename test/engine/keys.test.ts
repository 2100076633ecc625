import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { routesFor } from '@/engine/api/routes'
import { sign } from '@/engine/execution/signature'
import type { OutgoingCall } from '@/engine/execution/transport'
import { ownDatabase } from '../support/database'
import { type AppKeys, EVENT_KEY, type Functions, SIGNING_KEY, TestEngine } from '../support/engine'
import { type SdkApp, startSdkApp } from '../support/sdk-app'

const OLD = SIGNING_KEY
const NEW = `signkey-test-${'7a'.repeat(32)}`

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ step }) => {
    await step.run('a', () => void ran.push('a'))
    await step.sendSignal('send', { signal: 'nobody', data: 1 })
    return 'done'
  }),
]

beforeEach(() => {
  ran = []
})

afterEach(async () => {
  await engine.stop(0)
})

const start = async (keys: { signingKey: string; signingKeyFallback?: string }, app: AppKeys) => {
  engine = await TestEngine.start({ databaseUrl: database.url, ...keys })
  expect((await engine.serve(functions, app)).status).toBe(200)
}

const outcome = async () => {
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move()
  return (await engine.runsOf(id))[0]
}

const refusals = async () => {
  const text = await (await engine.fetch('/metrics')).text()
  return Number(/reason="app-refused-signature"} (\d+)/.exec(text)?.[1])
}

describe('a change of the signing key', () => {
  it.each<[string, AppKeys, AppKeys]>([
    ['the app has the new key first', { signingKey: OLD }, { signingKey: NEW, signingKeyFallback: OLD }],
    [
      'the engine has the new key first',
      { signingKey: NEW, signingKeyFallback: OLD },
      { signingKey: OLD, signingKeyFallback: NEW },
    ],
    [
      'both have the new key, and the old one still',
      { signingKey: NEW, signingKeyFallback: OLD },
      { signingKey: NEW, signingKeyFallback: OLD },
    ],
    ['both have the new key alone', { signingKey: NEW }, { signingKey: NEW }],
  ])('stops nothing while %s', async (_, engineKeys, appKeys) => {
    engine = await TestEngine.start({ databaseUrl: database.url, ...engineKeys })
    await engine.serve(functions, appKeys)
    await engine.send({ name: 'test/go' })
    await expect.poll(async () => statuses()).toEqual(['completed'])
    expect(ran).toEqual(['a'])
  })

  it('that the app does not know of holds its runs back, uses up none of their attempts, and is counted', async () => {
    await start({ signingKey: NEW, signingKeyFallback: OLD }, { signingKey: OLD })
    await engine.send({ name: 'test/go' })
    await expect.poll(refusals).toBeGreaterThan(2)
    expect(ran).toEqual([])
    await engine.serve(functions, { signingKey: NEW })
    await expect.poll(statuses).toEqual(['completed'])
    expect(ran).toEqual(['a'])
  })
})

const statuses = async () => {
  const { rows } = await engine.engine.world.readers.query('SELECT status FROM engine.run ORDER BY id')
  return rows.map(({ status }) => status)
}

describe('the doors', () => {
  it('are open to everybody where they tell nothing, and to senders of events who show theirs; else they want the key', async () => {
    engine = await TestEngine.start({ databaseUrl: database.url })
    const keys = { eventKey: EVENT_KEY, signingKey: OLD, signingKeyFallback: undefined }
    const open: string[] = []
    for (const { method, path } of routesFor({ keys, mode: 'local', hostNames: [] })) {
      const url = engine.url + path.replaceAll(/:\w+/g, 'x')
      const { status } = await fetch(url, { method })
      if (status !== 401) open.push(`${method} ${path}`)
    }
    expect(open.sort()).toEqual(['GET /', 'GET /dev', 'GET /health'])
  })
})

describe('a signature', () => {
  let app: SdkApp
  let call: OutgoingCall

  /** An app behind a real socket, and a call that the engine has made to it. */
  beforeEach(async () => {
    await start({ signingKey: OLD }, { signingKey: OLD })
    engine.fault = (made) => {
      call = made
      return undefined
    }
    expect(await outcome()).toMatchObject({ status: 'Completed' })
    app = await startSdkApp({ url: engine.url, eventKey: EVENT_KEY, signingKey: OLD }, functions)
  })

  afterEach(() => app.close())

  const replay = async (signature: string | undefined, body = call.body ?? '') => {
    const url = new URL(call.url)
    const headers = { 'content-type': 'application/json', ...(signature ? { 'x-inngest-signature': signature } : {}) }
    return (await fetch(`${app.url}${url.search}`, { method: 'POST', headers, body })).status
  }

  it('is good for five minutes, and replayed later it is refused', async () => {
    const signedAgo = (ms: number) => sign(call.body ?? '', OLD, Date.now() - ms)
    expect(await replay(signedAgo(4 * 60_000))).toBe(206)
    expect(await replay(signedAgo(6 * 60_000))).toBe(401)
  })

  it('by another key, over another body, or missing is refused', async () => {
    expect(await replay(sign(call.body ?? '', NEW, Date.now()))).toBe(401)
    expect(
      await replay(sign(call.body ?? '', OLD, Date.now()), JSON.stringify({ event: { name: 'test/go', data: {} } })),
    ).toBe(401)
    expect(await replay(undefined)).toBe(401)
  })

  it('is made anew for a call that is made again much later', async () => {
    const seen: string[] = []
    engine.fault = ({ headers }) => {
      seen.push(headers['x-inngest-signature'] ?? '')
      return seen.length === 1 ? { status: 500, headers: { 'x-inngest-sdk': 'js' }, body: '{}' } : undefined
    }
    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 1 }, async () => 'done'),
    ])
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move('1h')
    expect((await engine.runsOf(id))[0]).toMatchObject({ status: 'Completed' })
    for (const signature of seen) {
      const seconds = Number(/^t=(\d+)&/.exec(signature)?.[1])
      expect(Math.abs(Date.now() / 1_000 - seconds)).toBeLessThan(60)
    }
    expect(seen).toHaveLength(2)
  })
})
