import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { type ConfirmedEnd, confirmEnd } from '@/lib/runs/confirm-end'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedgerDatabase } from '../../support/ledger-database'
import { called, callOf } from '../../support/notes'

ownLedgerDatabase()

const at = new Date('2026-01-01T01:00:00Z')
const ts = Date.parse('2026-01-01T00:00:00Z')
const written = () => ledgerWritten({ withinMs: 5_000 })
const runOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } })
const end = (status: ConfirmedEnd['status'], more: Partial<ConfirmedEnd> = {}): ConfirmedEnd => ({
  ...{ runId: 'r1', functionId: 'send-email', status, endedAt: at },
  ...more,
})

const invoked = {
  ...{ id: 'e1', name: 'inngest/function.invoked', ts },
  data: { orderId: '7', token: 't', _inngest: { correlation_id: 'parent-run.parent-step', fn_id: 'app-f' } },
}

describe('an end that the server tells', () => {
  it('adds a run that was never seen, with what triggered it and who invoked it', async () => {
    await confirmEnd(end('cancelled', { events: [invoked] }))
    expect(await runOf('r1')).toMatchObject({
      ...{ status: 'cancelled', isConfirmed: true, endedAt: at, queuedAt: new Date(ts), startedAt: null },
      ...{ eventId: 'e1', eventName: 'inngest/function.invoked', record: 'order/7' },
      ...{ parentRunId: 'parent-run', parentStepId: 'parent-step' },
      events: [{ id: 'e1', data: { orderId: '7', token: '[redacted]' } }],
    })
    expect(JSON.stringify((await runOf('r1')).events)).not.toContain('_inngest')
  })

  it('stands above what the app has seen, and stays, whatever is told or seen later', async () => {
    const call = callOf('r1')
    note({ kind: 'ended', call, at: new Date(ts + 500), end: { status: 'completed', output: 'seen' } })
    await written()
    await confirmEnd(end('cancelled'))
    const confirmed = await runOf('r1')
    expect(confirmed).toMatchObject({ status: 'cancelled', output: null, error: null, endedAt: at, lookUpAt: null })
    await confirmEnd(end('failed', { error: { message: 'too late' } }))
    const later = callOf('r1', { calledAt: new Date(ts + 9_000_000) })
    note({ kind: 'ended', call: later, at, end: { status: 'completed', output: 'too late' } })
    note({ kind: 'stands', call: later, standing: { status: 'as its steps' } })
    await written()
    expect(await runOf('r1')).toEqual(confirmed)
  })

  it('keeps when and by what the app has seen the same end', async () => {
    const error = { name: 'TypeError', message: 'boom', stack: 'TypeError: boom\n  at ours' }
    note({ kind: 'ended', call: callOf('r1'), at: new Date(ts + 500), end: { status: 'failed', error } })
    await written()
    expect((await runOf('r1')).lookUpAt).not.toBeNull()
    await confirmEnd(end('failed', { error: { name: 'Error', message: 'boom' } }))
    expect(await runOf('r1')).toMatchObject({ error, endedAt: new Date(ts + 500), isConfirmed: true, lookUpAt: null })
  })

  it('may be here before the news of the run’s beginning, which it leaves to come', async () => {
    await confirmEnd(end('failed', { error: 'boom', events: [{ name: 'email/requested' }] }))
    note(called('r1', { attempt: 2, record: 'letter/x', parent: { runId: 'p', stepId: 's' } }))
    await written()
    expect(await runOf('r1')).toMatchObject({
      ...{ status: 'failed', error: { message: 'boom' }, isConfirmed: true, attempt: 2, record: 'letter/x' },
      ...{ startedAt: callOf('r1').calledAt, parentRunId: 'p', parentStepId: 's', endedAt: at },
      ...{ eventId: 'event-of-r1', eventName: 'email/requested', events: [{ id: 'event-of-r1' }] },
    })
  })

  it('ends the waiting for the run', async () => {
    const pair = { eventId: 'e1', eventName: 'x', serverEventId: 's1', dueAt: at, lookUpAt: at }
    await db().awaitedRun.createMany({ data: ['send-email', 'other'].map((functionId) => ({ ...pair, functionId })) })
    await confirmEnd(end('completed', { output: 1, events: [{ id: 'e1', name: 'x', data: {}, ts }] }))
    expect(await db().awaitedRun.findMany()).toMatchObject([{ functionId: 'other' }])
    expect((await runOf('r1')).output).toBe(1)
  })
})
