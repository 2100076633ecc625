import { describe, expect, it } from 'vitest'
import { fold } from '@/lib/runs/fold'
import type { ExecutedStep, Note } from '@/lib/runs/notes'
import { called, callOf } from '../../support/notes'

const at = (ms: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + ms)
const one = callOf('r', { calledAt: at(100) })
const two = callOf('r', { calledAt: at(200), attempt: 1 })
const stands = (call: typeof one, standing: (Note & { kind: 'stands' })['standing']): Note => ({
  kind: 'stands',
  call,
  standing,
})
const completed = (call: typeof one, output: string): Note => ({
  kind: 'ended',
  call,
  at: at(300),
  end: { status: 'completed', output },
})
const executed = (change: Partial<ExecutedStep>): Note => ({
  kind: 'step executed',
  step: {
    ...{ runId: 'r', id: 's', name: 'send', kind: 'run', status: 'running', attempt: 0, startedAt: at(110) },
    ...{ endedAt: null, input: null, output: null, error: null, until: null },
    ...change,
  },
})
const runOf = (...notes: Note[]) => fold(notes).runs[0]

describe('a batch of notes', () => {
  it('becomes one row a run, with where it began and when it is asked about', () => {
    const { runs } = fold([called('a'), called('b'), called('a')])
    expect(runs.map(({ runId }) => runId)).toEqual(['a', 'b'])
    expect(runs[0]).toMatchObject({
      ...{ eventId: 'event-of-a', eventName: 'email/requested', status: 'running', attempt: 0 },
      ...{ queuedAt: at(0), startedAt: at(100), endedAt: null, lookUpAt: at(100 + 5 * 60_000) },
    })
  })

  it('says that no run was queued after its own first call, and of a batch of events when the last was there', () => {
    const event = (ts: number) => ({ id: 'e', name: 'x', data: {}, ts: at(ts).getTime() })
    expect(runOf(called('r', { calledAt: at(100), events: [event(5_000)] }))?.queuedAt).toEqual(at(100))
    expect(runOf(called('r', { calledAt: at(100), events: [event(10), event(60)] }))?.queuedAt).toEqual(at(60))
  })

  it('says what the latest call said', () => {
    const asleep = stands(one, { status: 'sleeping', until: at(60_000) })
    expect(runOf(asleep)).toMatchObject({ status: 'sleeping', until: at(60_000), lookUpAt: at(60_000 + 2 * 60_000) })
    expect(runOf(asleep, { kind: 'called', call: two })).toMatchObject({
      ...{ status: 'running', until: null, attempt: 1, startedAt: at(100) },
    })
    expect(runOf(asleep, { kind: 'called', call: two }, completed(two, 'done'))).toMatchObject({
      ...{ status: 'completed', output: 'done', endedAt: at(300), until: null, lookUpAt: null },
    })
  })

  it('says nothing that an older call says after a newer one', () => {
    const late = [{ kind: 'called', call: two } as Note, completed(one, 'too late')]
    expect(runOf(...late)).toMatchObject({ status: 'running', output: null, calledAt: at(200) })
  })

  it('has a failed run asked about, until its own event has confirmed it', () => {
    const error = { name: 'Error', message: 'boom' }
    const failed: Note = { kind: 'ended', call: one, at: at(300), end: { status: 'failed', error } }
    expect(runOf(failed)).toMatchObject({ status: 'failed', error, lookUpAt: at(300 + 5 * 60_000) })
  })

  it('leaves to the steps what an answer for one of them can’t say, unless a later one says it of the whole run', () => {
    const asSteps = stands(one, { status: 'as its steps' })
    expect(fold([asSteps]).standingByStepsOf).toEqual(['r'])
    expect(fold([asSteps, stands(two, { status: 'retrying', until: null })]).standingByStepsOf).toEqual([])
    expect(fold([asSteps, completed(two, 'done')]).standingByStepsOf).toEqual([])
    expect(fold([stands(one, { status: 'sleeping', until: null }), asSteps]).standingByStepsOf).toEqual(['r'])
  })

  it('keeps the first finding of a step that is found again', () => {
    const found = (foundAt: Date): Note => ({
      kind: 'step found',
      step: {
        runId: 'r',
        id: 's',
        name: 'nap',
        kind: 'sleep',
        status: 'sleeping',
        foundAt,
        until: foundAt,
        input: null,
      },
    })
    expect(fold([found(at(1)), found(at(2))]).found).toMatchObject([{ foundAt: at(1) }])
  })

  it('puts the executions of a step together: its first beginning, its latest result', () => {
    const { executed: rows } = fold([
      executed({}),
      executed({ status: 'errored', until: at(1_000), error: { name: 'Error', message: 'once' } }),
      executed({ startedAt: at(1_000), attempt: 1 }),
      executed({ startedAt: at(1_000), attempt: 1, status: 'completed', endedAt: at(1_010), output: 1 }),
    ])
    expect(rows).toMatchObject([
      {
        ...{ status: 'completed', attempt: 1, output: 1, error: null, until: null },
        ...{ foundAt: at(110), startedAt: at(110), attemptStartedAt: at(1_000), endedAt: at(1_010) },
      },
    ])
  })

  it('takes no news of an older execution of a step', () => {
    const newer = executed({ startedAt: at(1_000), status: 'completed', endedAt: at(1_010), output: 'newer' })
    expect(
      fold([newer, executed({ status: 'completed', endedAt: at(2_000), output: 'older' })]).executed,
    ).toMatchObject([{ output: 'newer' }])
  })

  it('keeps every failed attempt, every line, and the latest progress', () => {
    const failed = (attempt: number, message: string): Note => ({
      kind: 'attempt failed',
      call: { ...one, attempt },
      ...{ stepId: 's', startedAt: at(1), at: at(2), retryAt: null, error: { name: 'Error', message } },
    })
    const progress = (step: number): Note => ({
      kind: 'progress',
      runId: 'r',
      progress: { step, totalSteps: 3, currentOperation: 'x', percent: 0 },
    })
    const line = (text: string): Note => ({ kind: 'line', runId: 'r', at: at(1), text })
    const rows = fold([failed(0, 'a'), failed(1, 'b'), failed(1, 'c'), progress(1), progress(2), line('x'), line('x')])
    expect(rows.failedAttempts.map(({ attempt, error }) => [attempt, error])).toMatchObject([
      [0, { message: 'a' }],
      [1, { message: 'c' }],
    ])
    expect(rows.progress).toMatchObject([{ progress: { step: 2 } }])
    expect(rows.lines).toHaveLength(2)
  })

  it('of nothing is nothing', () => {
    expect(Object.values(fold([])).flat()).toEqual([])
  })
})
