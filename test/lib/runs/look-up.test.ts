import { beforeEach, describe, expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { cancelRun } from '@/lib/runs/cancel-run'
import { countJobs, type JobCounts } from '@/lib/runs/count-runs'
import { lookUpAwaitedRuns, lookUpSilentRuns } from '@/lib/runs/look-up'
import { keepLedger } from '@/lib/runs/upkeep'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { gate } from '../../support/engine'
import { ownLedger } from '../../support/ledger'
import { called, callOf } from '../../support/notes'

const MINUTE = 60_000
const ann = { userId: 'u-ann', email: 'ann@example.com', isOperator: true }
let hold = gate()

const ledger = ownLedger((inngest) => [
  inngest.createFunction({ id: 'works', triggers: [{ event: 'work' }] }, () => ({ fine: true, token: 't' })),
  inngest.createFunction({ id: 'fails', triggers: [{ event: 'fail' }], retries: 0 }, () => {
    throw new Error('boom')
  }),
  inngest.createFunction({ id: 'sleeps', triggers: [{ event: 'sleep' }] }, ({ step }) => step.sleep('nap', '300d')),
  inngest.createFunction({ id: 'holds', triggers: [{ event: 'hold' }] }, () => hold.opened),
  inngest.createFunction({ id: 'picky', triggers: [{ event: 'pick', if: 'event.data.n > 1' }] }, () => 'picked'),
  inngest.createFunction({ id: 'late', triggers: [{ event: 'late' }] }, () => 'late'),
  inngest.createFunction({ id: 'never-called', triggers: [{ event: 'shy' }] }, () => 'shy'),
  inngest.createFunction({ id: 'also-shy', triggers: [{ event: 'shy', if: 'false' }] }, () => 'shy'),
  inngest.createFunction({ id: 'all', triggers: [{ event: 'many/*' }] }, () => 'all'),
  inngest.createFunction({ id: 'one', triggers: [{ event: 'many/one' }] }, () => 'one'),
])

beforeEach(() => {
  hold = gate()
})

const inMs = (ms: number) => new Date(now().getTime() + ms)
const runOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } })

/** As if the ledger had heard nothing of the run since its first call. */
const deafen = (id: string, status: 'running' | 'failed' = 'running') =>
  db().run.update({
    where: { id },
    data: { status, endedAt: status === 'failed' ? now() : null, isConfirmed: false, lookUpAt: now() },
  })

const countsOf = async (functionId: string): Promise<JobCounts | undefined> =>
  (await countJobs([functionId], now()))[functionId]

async function withoutServer<T>(work: () => Promise<T>): Promise<T> {
  const { INNGEST_BASE_URL: url } = process.env
  process.env.INNGEST_BASE_URL = 'http://127.0.0.1:1'
  forgetEnv()
  try {
    return await work()
  } finally {
    process.env.INNGEST_BASE_URL = url
    forgetEnv()
  }
}

describe('a run without news past its limits', () => {
  it.each([
    ['work', 'completed', { output: { fine: true, token: '[redacted]' }, error: null }],
    ['fail', 'failed', { output: null, error: { message: 'boom' } }],
  ])('is looked up at the server: %s has %s', async (event, status, rest) => {
    const runId = await ledger.start(event)
    await ledger.settled(runId)
    await deafen(runId)
    expect(await lookUpSilentRuns(inMs(1))).toBe(1)
    expect(await runOf(runId)).toMatchObject({ status, isConfirmed: true, lookUpAt: null, ...rest })
    expect(await lookUpSilentRuns(inMs(1))).toBe(0)
  })

  it('is not asked about before', async () => {
    const runId = await ledger.start('work')
    await ledger.settled(runId)
    await deafen(runId)
    expect(await lookUpSilentRuns(inMs(-1_000))).toBe(0)
    await lookUpSilentRuns(inMs(1))
  })

  it('is asked about again later where the server has it under way', async () => {
    const runId = await ledger.start('sleep')
    const { run } = await ledger.settled(runId)
    expect(run.lookUpAt).toEqual(new Date(Number(run.until) + 2 * MINUTE))
    await deafen(runId)
    const at = inMs(1)
    expect(await lookUpSilentRuns(at)).toBe(1)
    expect(await runOf(runId)).toMatchObject({ status: 'running', lookUpAt: new Date(at.getTime() + 5 * MINUTE) })
    await cancelRun(ann, runId)
  })

  it('goes on where the server has never heard that it failed', async () => {
    const runId = await ledger.start('sleep')
    await ledger.settled(runId)
    await deafen(runId, 'failed')
    await lookUpSilentRuns(inMs(1))
    expect(await runOf(runId)).toMatchObject({ status: 'running', endedAt: null, isConfirmed: false })
    await cancelRun(ann, runId)
  })

  it('was cancelled, for all that anybody knows, where the server knows no such run; but a failed one has failed', async () => {
    const error = { name: 'Error', message: 'boom' }
    note(called('nobody', { calledAt: now() }))
    note({ kind: 'ended', call: callOf('was-failed'), at: now(), end: { status: 'failed', error } })
    await ledgerWritten({ withinMs: 5_000 })
    await lookUpSilentRuns(inMs(10 * MINUTE))
    expect(await runOf('nobody')).toMatchObject({ status: 'cancelled', error: { name: 'UnknownRun' } })
    expect(await runOf('was-failed')).toMatchObject({ status: 'failed', error, isConfirmed: true })
  })

  it('is left as it is while the server is away, and asked about soon', async () => {
    const runId = await ledger.start('work')
    await ledger.settled(runId)
    await deafen(runId)
    const at = inMs(1)
    expect(await withoutServer(() => lookUpSilentRuns(at))).toBe(0)
    expect(await runOf(runId)).toMatchObject({ status: 'running', lookUpAt: new Date(at.getTime() + 30_000) })
    await lookUpSilentRuns(inMs(MINUTE))
    expect((await runOf(runId)).status).toBe('completed')
  })
})

describe('an event and a function that it starts', () => {
  const send = (name: string, more: { data?: Record<string, unknown>; id?: string; ts?: number } = {}) =>
    ledger.inngest().send({ name, ...more })
  const pairs = () => db().awaitedRun.findMany({ orderBy: { functionId: 'asc' } })

  it('are waiting from when the event was sent until the run is seen', async () => {
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('many/one', { id: 'fact-1' })
    expect(await pairs()).toMatchObject([
      { eventId: 'fact-1', functionId: 'all', eventName: 'many/one' },
      { eventId: 'fact-1', functionId: 'one' },
    ])
    expect(await countsOf('one')).toMatchObject({ waiting: 1, completed: 0, total: 1 })
    ledger.engine().fault = () => undefined
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    expect(await pairs()).toEqual([])
    expect(await countsOf('one')).toMatchObject({ waiting: 0, completed: 1, total: 1 })
    // The same fact once more starts nothing, and nothing is awaited.
    await send('many/one', { id: 'fact-1' })
    expect(await pairs()).toEqual([])
  })

  it('are not waiting where two processes have written the pair and its run at the same moment', async () => {
    const at = now()
    const event = { id: 'fact-0', name: 'late', data: {}, ts: at.getTime() }
    note(called('seen-elsewhere', { functionId: 'late', calledAt: at, events: [event] }))
    await ledgerWritten({ withinMs: 5_000 })
    const pair = { eventId: 'fact-0', functionId: 'late', eventName: 'late', serverEventId: 'x' }
    await db().awaitedRun.create({ data: { ...pair, dueAt: at, lookUpAt: inMs(10 * MINUTE) } })
    await withoutServer(() => keepLedger(inMs(5_000)))
    expect(await pairs()).toEqual([])
    await db().run.delete({ where: { id: 'seen-elsewhere' } })
  })

  it('are no longer waiting, ten minutes later, where the trigger’s expression did not fit', async () => {
    await send('pick', { data: { n: 1 } })
    await ledger.engine().move()
    expect(await countsOf('picky')).toMatchObject({ waiting: 1 })
    expect(await lookUpAwaitedRuns(inMs(9 * MINUTE))).toBe(0)
    expect(await withoutServer(() => lookUpAwaitedRuns(inMs(11 * MINUTE)))).toBe(0)
    expect(await pairs()).toHaveLength(1)
    await keepLedger(inMs(17 * MINUTE))
    expect(await pairs()).toEqual([])
    expect(await countsOf('picky')).toMatchObject({ waiting: 0, total: 0 })
  })

  it('are filled in by the server where a run waits for its turn, and the run goes on from there', async () => {
    await ledger.settled(await ledger.start('late', { orderId: '1' }))
    const before = await countsOf('late')
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('late', { id: 'fact-2', data: { orderId: '2' } })
    await keepLedger(inMs(11 * MINUTE))
    expect(await pairs()).toEqual([])
    const [run] = await db().run.findMany({ where: { eventId: 'fact-2' } })
    expect(run).toMatchObject({ status: 'queued', functionId: 'late', startedAt: null })
    expect(await countsOf('late')).toMatchObject({ waiting: 1, total: Number(before?.total) + 1 })
    ledger.engine().fault = () => undefined
    const { run: ended } = await ledger.settled(run?.id ?? '')
    expect(ended).toMatchObject({ status: 'completed', record: 'order/2', events: [{ data: { orderId: '2' } }] })
    expect(await countsOf('late')).toMatchObject({ waiting: 0, completed: Number(before?.completed) + 1 })
  })

  it('are filled in with the run’s end, where the app’s own news of it was lost', async () => {
    await send('late', { id: 'fact-3' })
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    const [seen] = await db().run.findMany({ where: { eventId: 'fact-3' } })
    await db().run.delete({ where: { id: seen?.id ?? '' } })
    const [event] = await db().$queryRaw<{ id: string }[]>`SELECT id FROM engine.event WHERE public_id = 'fact-3'`
    await db().awaitedRun.create({
      data: {
        ...{ eventId: 'fact-3', functionId: 'late', eventName: 'late', serverEventId: event?.id ?? '' },
        ...{ dueAt: now(), lookUpAt: now() },
      },
    })
    await lookUpAwaitedRuns(inMs(1))
    expect(await runOf(seen?.id ?? '')).toMatchObject({ status: 'completed', output: 'late', isConfirmed: true })
    expect(await pairs()).toEqual([])
  })

  it('stay while a run may be of a function that was never called; for a day, not for ever', async () => {
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('shy')
    await keepLedger(inMs(11 * MINUTE))
    expect((await pairs()).map(({ functionId }) => functionId)).toEqual(['also-shy', 'never-called'])
    await keepLedger(inMs(25 * 60 * MINUTE))
    expect(await pairs()).toEqual([])
    ledger.engine().fault = () => undefined
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    expect(await countsOf('never-called')).toMatchObject({ waiting: 0, completed: 1 })
  })

  it('are delayed until an event of the future is due', async () => {
    const before = await countsOf('late')
    await send('late', { id: 'fact-4', ts: inMs(60 * MINUTE).getTime() })
    await ledger.engine().move()
    expect(await countsOf('late')).toEqual({ ...before, delayed: 1, total: Number(before?.total) + 1 })
    await keepLedger(inMs(30 * MINUTE))
    expect(await pairs()).toHaveLength(1)
    await ledger.engine().move('61m')
    await ledgerWritten({ withinMs: 5_000 })
    expect(await countsOf('late')).toMatchObject({ waiting: 0, delayed: 0, completed: Number(before?.completed) + 1 })
  })
})

describe('an operator', () => {
  it('cancels a run: at the server, in the ledger, and it is written who did it', async () => {
    const runId = await ledger.start('sleep')
    const { run } = await ledger.settled(runId)
    expect(await cancelRun(ann, runId)).toEqual({ ok: true })
    expect(await runOf(runId)).toMatchObject({ status: 'cancelled', isConfirmed: true, until: null })
    expect(await ledger.engine().runsOf(run.eventId)).toMatchObject([{ status: 'Cancelled' }])
    expect(await db().auditEntry.findMany({ where: { subject: `run/${runId}` } })).toMatchObject([
      { act: 'cancel run', actorEmail: 'ann@example.com', details: { functionId: 'sleeps' } },
    ])
    expect(await cancelRun(ann, runId)).toEqual({ ok: false, message: 'This run has been cancelled meanwhile.' })
  })

  it('is told of a run that has ended meanwhile, and nothing is changed', async () => {
    const runId = await ledger.start('work')
    await ledger.settled(runId)
    expect(await cancelRun(ann, runId)).toEqual({ ok: false, message: 'This run has completed meanwhile.' })
    await deafen(runId)
    expect(await cancelRun(ann, runId)).toEqual({ ok: false, message: 'This run has completed meanwhile.' })
    expect(await db().auditEntry.count({ where: { subject: `run/${runId}` } })).toBe(0)
    await lookUpSilentRuns(inMs(1))
  })

  it('is told where there is no such run, or no server to ask', async () => {
    for (const id of ['nobody-at-all', '', '../x', 'NUL\u0000', "'; DROP TABLE --", 'x'.repeat(10_000)])
      expect(await cancelRun(ann, id)).toEqual({ ok: false, message: 'There is no such run.' })
    const runId = await ledger.start('sleep')
    await ledger.settled(runId)
    const answer = await withoutServer(() => cancelRun(ann, runId))
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('can’t be reached') })
    expect((await runOf(runId)).status).toBe('sleeping')
    note(called('unknown-there', { calledAt: now() }))
    await ledgerWritten({ withinMs: 5_000 })
    expect(await cancelRun(ann, 'unknown-there')).toMatchObject({ ok: false })
  })

  it('alone may do so', async () => {
    await expect(cancelRun({ ...ann, isOperator: false }, 'x')).rejects.toThrow()
  })
})
