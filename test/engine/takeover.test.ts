import { RetryAfterError } from 'inngest'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { EVENT_KEY, SIGNING_KEY } from '../support/engine'
import { type EngineProcess, fetchFromLeader, startEngineProcess } from '../support/engine-process'
import { type SdkApp, startSdkApp } from '../support/sdk-app'

const TAKEOVER_LIMIT_MS = 10_000

/** What two runs do whose second step fails once: no step again whose result or failure was stored. */
const ONCE_EACH = ['a1', 'a2', 'b1 at attempt 0', 'b1 at attempt 1', 'b2 at attempt 0', 'b2 at attempt 1']

const database = ownDatabase()
let engines: EngineProcess[]
let first: EngineProcess
let second: EngineProcess
let app: SdkApp
let ran: string[]
let db: pg.Client

beforeEach(async () => {
  ran = []
  engines = []
  db = new pg.Client(database.url)
  await db.connect()
  first = await started()
  await expect.poll(() => first.leads(), { timeout: 20_000 }).toBe(true)
  second = await started()
  const leader = fetchFromLeader([first.url, second.url])
  app = await startSdkApp(
    { url: first.url, eventKey: EVENT_KEY, signingKey: SIGNING_KEY },
    (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ event, step, attempt }) => {
        const { n } = event.data
        await step.run('a', () => void ran.push(`a${n}`))
        await step.run('b', () => {
          ran.push(`b${n} at attempt ${attempt}`)
          if (attempt === 0) throw new RetryAfterError('not yet', 2_000)
        })
        return 'done'
      }),
    ],
    { fetch: leader },
  )
  await app.register()
}, 60_000)

afterEach(async () => {
  for (const engine of engines) engine.signal('SIGKILL')
  await Promise.all(engines.map((engine) => engine.ended))
  await app.close()
  await db.end()
})

async function started(): Promise<EngineProcess> {
  const engine = await startEngineProcess(database.url)
  engines.push(engine)
  return engine
}

/** Sends as a sender does that goes on trying; the same event id each time. */
const send = (n: number) => app.inngest.send({ id: `go-${n}`, name: 'test/go', data: { n } })

/** Real milliseconds until the second engine leads. */
async function takenOver(): Promise<number> {
  const since = performance.now()
  await expect.poll(() => second.leads(), { timeout: 20_000, interval: 50 }).toBe(true)
  return performance.now() - since
}

/** Until the failure is on disk: a call that is cut off before that is made again, as it should be. */
const untilToBeRetried = () =>
  expect
    .poll(async () => (await db.query('SELECT attempt FROM engine.item')).rows, { timeout: 20_000 })
    .toEqual([{ attempt: 1 }])

const untilRetried = (n: number) => expect.poll(() => ran, { timeout: 20_000 }).toContain(`b${n} at attempt 1`)

describe('two engines on one database', () => {
  it('have one that leads; the other says so, and that one may try again', async () => {
    expect([await first.leads(), await second.leads()]).toEqual([true, false])
    const response = await fetch(`${second.url}/e/${EVENT_KEY}`, { method: 'POST', body: '{"name":"test/go"}' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ status: 503, error: expect.stringContaining('stands by') })
  })

  it('lose nothing when the first is killed, and the second leads within 10 s', async () => {
    await send(1)
    await untilToBeRetried()
    first.signal('SIGKILL')
    const sending = send(2)
    expect(await takenOver()).toBeLessThan(TAKEOVER_LIMIT_MS)
    await sending
    await untilRetried(1)
    await untilRetried(2)
    expect(ran.toSorted()).toEqual(ONCE_EACH)
  }, 60_000)

  it('have the second lead within 10 s when the first hangs; woken up, it calls nothing, writes nothing, and ends', async () => {
    await send(1)
    await untilToBeRetried()
    first.signal('SIGSTOP')
    expect(await takenOver()).toBeLessThan(TAKEOVER_LIMIT_MS)
    await untilRetried(1)
    // In the memory of the first the same retry is due by now.
    first.signal('SIGCONT')
    expect(await first.ended).toMatchObject({
      code: 1,
      words: expect.stringContaining('another engine has taken over'),
    })
    await send(2)
    await untilRetried(2)
    expect(ran.toSorted()).toEqual(ONCE_EACH)
  }, 60_000)
})
