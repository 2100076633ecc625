import { beforeEach, describe, expect, it } from 'vitest'
import { schedules } from '@/inngest/schedules'
import { listActs } from '@/lib/audit/list-acts'
import { now } from '@/lib/clock'
import { type ClockMove, clockMove, listTimers, moveClock } from '@/lib/time/engine-clock'
import { brokenFunctions, fate } from '../support/broken-functions'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const HOUR_MS = 3_600_000
const product = ownProduct({
  functions: (inngest) => [
    ...brokenFunctions(inngest),
    inngest.createFunction({ id: 'wait-long', triggers: [{ event: 'test/wait' }] }, async ({ step }) => {
      await step.waitForEvent('answer', { event: 'test/answer', timeout: '30m' })
    }),
    inngest.createFunction(
      { id: 'limited', triggers: [{ event: 'test/limited' }], timeouts: { finish: '5h' } },
      async ({ step }) => step.sleep('long-nap', '9h'),
    ),
    inngest.createFunction({ id: 'yearly', triggers: [{ cron: 'TZ=UTC 0 0 1 1 *' }] }, () => 'happy new year'),
  ],
})
const { settle } = workOf(product)
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  fate.isBroken = true
  fate.done = []
  olga = await operator()
})

const send = async (...names: string[]) => {
  await product.engine().send(...names.map((name) => ({ name, data: {} })))
  await settle()
}
const move = async (by: ClockMove) => {
  const answer = await moveClock(olga, by)
  if (!answer.ok) throw new Error(answer.message)
  return answer
}

describe('what will fire', () => {
  it('is told soonest first: retries, waits, sleeps, timeouts and schedules', async () => {
    await send('test/code', 'test/wait', 'test/sleep', 'test/limited')
    const own = new Set(schedules.map(({ id }) => id as string))
    const timers = ((await listTimers(olga)) ?? []).filter(({ functionId }) => !own.has(functionId))
    expect(timers.map(({ functionId, kind, stepName, attempt }) => ({ functionId, kind, stepName, attempt }))).toEqual([
      { functionId: 'fail-code', kind: 'discovery', stepName: null, attempt: 1 },
      { functionId: 'wait-long', kind: 'wake', stepName: 'answer', attempt: 0 },
      { functionId: 'sleep-long', kind: 'wake', stepName: 'nap', attempt: 0 },
      { functionId: 'limited', kind: 'finish-timeout', stepName: null, attempt: 0 },
      { functionId: 'limited', kind: 'wake', stepName: 'long-nap', attempt: 0 },
      { functionId: 'yearly', kind: 'cron', stepName: null, attempt: 0 },
    ])
    expect(timers.slice(0, 5).map(({ runId }) => runId)).toEqual(Array.from({ length: 5 }, () => expect.any(String)))
    expect(timers.at(-1)?.at.toISOString()).toMatch(/-01-01T00:00:00.000Z$/)
    const instants = timers.map(({ at }) => at.getTime())
    expect(instants).toEqual([...instants].sort((a, b) => a - b))
  })

  it('is not told where another server drives the app, nor in live mode, nor where the engine is away', async () => {
    product.setEnv({ BACKROOM_ENGINE: 'external' })
    expect(await listTimers(olga)).toBeNull()
    product.setEnv({ BACKROOM_ENGINE: 'embedded', INNGEST_BASE_URL: 'http://127.0.0.1:1' })
    expect(await listTimers(olga)).toBeNull()
  })
})

describe('time', () => {
  it('moves by an hour and by a day, and what came due is done', async () => {
    await send('test/sleep')
    const before = now()
    const anHourOn = await move('1h')
    expect(Date.parse(anHourOn.now) - before.getTime()).toBeGreaterThanOrEqual(HOUR_MS)
    expect(Date.parse(anHourOn.now) - before.getTime()).toBeLessThan(HOUR_MS + 60_000)
    expect(fate.done).toEqual([])
    const aDayOn = await move('1d')
    expect(Date.parse(aDayOn.now) - Date.parse(anHourOn.now)).toBeGreaterThanOrEqual(24 * HOUR_MS)
    expect(fate.done).toHaveLength(1)
    expect(aDayOn.unsettled).toEqual([])
    expect(now().getTime()).toBeGreaterThanOrEqual(Date.parse(aDayOn.now))
  })

  it('moves to the next timer and no further', async () => {
    await send('test/sleep', 'test/wait')
    const [wait, sleep] = ((await listTimers(olga)) ?? []).filter(({ kind }) => kind !== 'cron')
    const first = await move('next')
    expect(Date.parse(first.now)).toBeGreaterThanOrEqual(wait?.at.getTime() ?? 0)
    expect(fate.done).toEqual([])
    const second = await move('next')
    expect(Date.parse(second.now) - (sleep?.at.getTime() ?? 0)).toBeLessThan(60_000)
    expect(fate.done).toHaveLength(1)
  })

  it('moves to the next timer when that is due in a moment', async () => {
    await send('test/code')
    const [retry] = (await listTimers(olga)) ?? []
    expect((retry?.at.getTime() ?? 0) - now().getTime()).toBeLessThan(2_100)
    const { now: then } = await move('next')
    expect(Date.parse(then)).toBeGreaterThanOrEqual(retry?.at.getTime() ?? 0)
  })

  it('is written down with who moved it, from when to when', async () => {
    const { now: to } = await move('1h')
    expect((await listActs(olga)).entries).toMatchObject([
      { actorEmail: olga.email, act: 'move clock', subject: 'clock', details: { from: expect.any(String), to } },
    ])
  })

  it('stays where another server drives the app, in live mode, and where the engine is away', async () => {
    product.setEnv({ BACKROOM_ENGINE: 'external' })
    expect(await moveClock(olga, '1h')).toEqual({ ok: false, message: 'Time can’t be moved here.' })
    product.setEnv({ ...live, BACKROOM_MODE: 'live', BACKROOM_ENGINE: 'embedded' })
    expect(await moveClock(olga, '1h')).toEqual({ ok: false, message: 'Time can’t be moved here.' })
    product.setEnv({ BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'embedded', INNGEST_BASE_URL: 'http://127.0.0.1:1' })
    expect(await moveClock(olga, '1h')).toMatchObject({
      ok: false,
      message: expect.stringContaining('can’t be reached'),
    })
    expect(await moveClock(olga, 'next')).toMatchObject({ ok: false })
    expect((await listActs(olga)).entries).toEqual([])
  })

  it('moves by nothing else', () => {
    for (const other of ['2h', '', '-1h', 7, null, {}]) expect(clockMove.safeParse(other).success).toBe(false)
  })
})

const live = {
  RESEND_API_KEY: 're_test_key',
  STRIPE_SECRET_KEY: 'sk_live_key',
  STRIPE_WEBHOOK_SECRET: 'whsec_key',
}
