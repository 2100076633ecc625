import { describe, expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { cancelRun } from '@/lib/runs/cancel-run'
import { lookUpSilentRuns } from '@/lib/runs/look-up'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedger, withoutServer } from '../../support/ledger'
import { called, callOf } from '../../support/notes'

const MINUTE = 60_000
const ann = { userId: 'u-ann', email: 'ann@example.com', isOperator: true }

const ledger = ownLedger((inngest) => [
  inngest.createFunction({ id: 'works', triggers: [{ event: 'work' }] }, () => ({ fine: true, token: 't' })),
  inngest.createFunction({ id: 'fails', triggers: [{ event: 'fail' }], retries: 0 }, () => {
    throw new Error('boom')
  }),
  inngest.createFunction({ id: 'sleeps', triggers: [{ event: 'sleep' }] }, ({ step }) => step.sleep('nap', '300d')),
])

const inMs = (ms: number) => new Date(now().getTime() + ms)
const runOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } })

/** As if the ledger had heard nothing of the run since its first call. */
const deafen = (id: string, status: 'running' | 'failed' = 'running') =>
  db().run.update({
    where: { id },
    data: { status, endedAt: status === 'failed' ? now() : null, isConfirmed: false, lookUpAt: now() },
  })

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
