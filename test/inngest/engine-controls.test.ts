import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { refreshClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { listFunctionStates, pauseFunction, resumeFunction } from '@/lib/functions/hold-function'
import { cancelRun } from '@/lib/runs/cancel-run'
import { runAgain } from '@/lib/runs/run-again'
import { skipSleep } from '@/lib/runs/skip-sleep'
import { brokenFunctions, fate } from '../support/broken-functions'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const chain = { ran: [] as string[] }
const product = ownProduct({
  functions: (inngest) => [
    ...brokenFunctions(inngest),
    inngest.createFunction({ id: 'chain', triggers: [{ event: 'test/chain' }], retries: 0 }, async ({ step }) => {
      await step.run('first', () => void chain.ran.push('first'))
      await step.run('second', () => {
        chain.ran.push('second')
        if (fate.isBroken) throw new Error('no')
      })
    }),
    inngest.createFunction({ id: 'two-naps', triggers: [{ event: 'test/naps' }] }, async ({ step }) => {
      await step.sleep('one', '1h')
      await step.sleep('two', '1h')
    }),
    inngest.createFunction(
      { id: 'lone', triggers: [{ event: 'test/lone' }], singleton: { mode: 'skip' } },
      async ({ step }) => step.sleep('nap', '1h'),
    ),
  ],
})
const { settle, runsOf } = workOf(product)
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  fate.isBroken = true
  fate.done = []
  chain.ran = []
  olga = await operator()
})

const acts = async () =>
  (await listActs(olga)).entries.map(({ act, subject, details }) => ({ act, subject, details })).reverse()
const happen = async (name: string, by: string | number = 0) => {
  await product.engine().send({ name, data: { orderId: '7' } })
  await settle(by)
}
const run = async (functionId: string) => {
  const found = (await runsOf(functionId)).at(-1)
  if (!found) throw new Error(`${functionId} has no run`)
  return found
}
const stepOf = async (runId: string, name: string) =>
  (await db().runStep.findFirstOrThrow({ where: { runId, name } })).id

const AWAY = { INNGEST_BASE_URL: 'http://127.0.0.1:1' }
const OTHER = { BACKROOM_ENGINE: 'external' }

describe('skipping a sleep', () => {
  const asleep = async () => {
    await happen('test/sleep')
    const { id: runId } = await run('sleep-long')
    return { runId, stepId: await stepOf(runId, 'nap') }
  }

  it('lets the run go on at once, and is written down', async () => {
    const { runId, stepId } = await asleep()
    expect(await skipSleep(olga, { runId, stepId })).toEqual({ ok: true, stepName: 'nap' })
    await settle()
    expect(fate.done).toHaveLength(1)
    expect(await run('sleep-long')).toMatchObject({ status: 'completed' })
    expect(await acts()).toEqual([
      { act: 'skip sleep', subject: `run/${runId}`, details: { functionId: 'sleep-long', step: 'nap' } },
    ])
  })

  it('of a run that has ended meanwhile, or of a step that woke meanwhile, says so', async () => {
    await happen('test/naps')
    const { id: runId } = await run('two-naps')
    const stepId = await stepOf(runId, 'one')
    await skipSleep(olga, { runId, stepId })
    expect(await skipSleep(olga, { runId, stepId })).toEqual({ ok: false, message: 'This step no longer sleeps.' })
    await settle('1h')
    expect(await skipSleep(olga, { runId, stepId })).toEqual({
      ok: false,
      message: 'This run has completed meanwhile.',
    })
    // The ledger may be the last to hear of it.
    await db().run.update({ where: { id: runId }, data: { status: 'sleeping', endedAt: null } })
    expect(await skipSleep(olga, { runId, stepId })).toEqual({ ok: false, message: 'This run has ended meanwhile.' })
    expect(await acts()).toHaveLength(1)
  })

  it('does nothing where another server drives the app, where the engine is away, and for what is not there', async () => {
    const { runId, stepId } = await asleep()
    for (const id of ['', '../x', '\u0000', 'nobody', 'x'.repeat(10_000)]) {
      expect(await skipSleep(olga, { runId: id, stepId })).toEqual({ ok: false, message: 'There is no such step.' })
      expect(await skipSleep(olga, { runId, stepId: id })).toEqual({ ok: false, message: 'There is no such step.' })
    }
    product.setEnv(AWAY)
    expect(await skipSleep(olga, { runId, stepId })).toMatchObject({
      ok: false,
      message: expect.stringContaining('can’t be reached'),
    })
    product.setEnv(OTHER)
    expect(await skipSleep(olga, { runId, stepId })).toMatchObject({
      ok: false,
      message: expect.stringContaining('Only the embedded engine'),
    })
    expect(await acts()).toEqual([])
  })
})

describe('running a run again', () => {
  it('from its start does everything again, in a run that the ledger knows at once', async () => {
    await happen('test/chain')
    const { id: runId } = await run('chain')
    fate.isBroken = false
    const again = await runAgain(olga, { runId })
    if (!again.ok) throw new Error(again.message)
    expect(await db().run.findUnique({ where: { id: again.runId } })).toMatchObject({
      functionId: 'chain',
      record: 'order/7',
    })
    await settle()
    expect(chain.ran).toEqual(['first', 'second', 'first', 'second'])
    expect((await runsOf('chain')).map(({ id, status }) => [id, status])).toEqual([
      [runId, 'failed'],
      [again.runId, 'completed'],
    ])
    expect(await acts()).toEqual([
      { act: 'run again', subject: `run/${runId}`, details: { functionId: 'chain', newRun: again.runId } },
    ])
  })

  it('from a step keeps what was done before it', async () => {
    await happen('test/chain')
    const { id: runId } = await run('chain')
    fate.isBroken = false
    const fromStep = await stepOf(runId, 'second')
    expect(await runAgain(olga, { runId, fromStep })).toMatchObject({ ok: true, functionId: 'chain' })
    await settle()
    expect(chain.ran).toEqual(['first', 'second', 'second'])
    expect(await acts()).toMatchObject([{ act: 'run again', details: { from: 'second' } }])
  })

  it('is queued from when it was asked for, not since its event came', async () => {
    await happen('test/chain', '6h')
    await refreshClock()
    const { id: runId } = await run('chain')
    await runAgain(olga, { runId })
    await settle()
    const [first, second] = await runsOf('chain')
    const waitedMs = (second?.startedAt?.getTime() ?? 0) - (second?.queuedAt.getTime() ?? 0)
    expect((second?.queuedAt.getTime() ?? 0) - (first?.queuedAt.getTime() ?? 0)).toBeGreaterThan(5 * 3_600_000)
    expect(waitedMs).toBeGreaterThanOrEqual(0)
  })

  it('is refused in words while it can’t be', async () => {
    await happen('test/sleep')
    const { id: open } = await run('sleep-long')
    expect(await runAgain(olga, { runId: open })).toEqual({
      ok: false,
      message: 'This run has not ended. Cancel it first, or let it end.',
    })
    expect(await runAgain(olga, { runId: 'nobody' })).toEqual({ ok: false, message: 'There is no such run.' })
    await happen('test/chain')
    const { id: runId } = await run('chain')
    expect(await runAgain(olga, { runId, fromStep: 'nobody' })).toEqual({
      ok: false,
      message: 'There is no such step.',
    })
    await pauseFunction(olga, 'chain')
    expect(await runAgain(olga, { runId })).toEqual({
      ok: false,
      message: 'The function is paused. Resume it first.',
    })
    await happen('test/lone')
    const { id: lone } = await run('lone')
    await cancelRun(olga, lone)
    await happen('test/lone')
    expect(await runAgain(olga, { runId: lone })).toMatchObject({ message: expect.stringContaining('only one') })
    product.setEnv(AWAY)
    expect(await runAgain(olga, { runId })).toMatchObject({ message: expect.stringContaining('can’t be reached') })
    product.setEnv(OTHER)
    expect(await runAgain(olga, { runId })).toMatchObject({ message: expect.stringContaining('Only the embedded') })
    expect((await acts()).filter(({ act }) => act === 'run again')).toEqual([])
  })
})

describe('pausing a function', () => {
  const paused = async () =>
    (await listFunctionStates(olga))?.filter(({ pausedAt }) => pausedAt).map(({ functionId }) => functionId)

  it('holds it back until it is resumed, and both are written down', async () => {
    fate.isBroken = false
    expect(await pauseFunction(olga, 'fail-code')).toEqual({ ok: true })
    expect(await paused()).toEqual(['fail-code'])
    await happen('test/code')
    expect([await runsOf('fail-code'), (await runsOf('also-listens')).length]).toEqual([[], 1])
    expect(await resumeFunction(olga, 'fail-code')).toEqual({ ok: true })
    expect(await paused()).toEqual([])
    await happen('test/code')
    expect(fate.done).toHaveLength(1)
    expect(await acts()).toEqual([
      { act: 'pause', subject: 'function/fail-code', details: {} },
      { act: 'resume', subject: 'function/fail-code', details: {} },
    ])
  })

  it('does nothing where another server drives the app, where the engine is away, and for what is not there', async () => {
    for (const id of ['', 'nobody', '../x', '\u0000'])
      expect(await pauseFunction(olga, id)).toEqual({ ok: false, message: 'The engine knows no such function.' })
    product.setEnv(AWAY)
    expect(await pauseFunction(olga, 'chain')).toMatchObject({ message: expect.stringContaining('can’t be reached') })
    expect(await listFunctionStates(olga)).toBeNull()
    product.setEnv(OTHER)
    expect(await resumeFunction(olga, 'chain')).toMatchObject({
      message: expect.stringContaining('Only the embedded'),
    })
    expect(await listFunctionStates(olga)).toBeNull()
    expect(await acts()).toEqual([])
  })
})
