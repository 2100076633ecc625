import { describe, expect, it } from 'vitest'
import { barsOf } from '@/app/console/runs/[id]/bars'
import type { RunView } from '@/lib/runs/get-run'

const BEGAN = Date.UTC(2026, 10, 24, 9)
const at = (ms: number) => new Date(BEGAN + ms)
const HOUR = 3_600_000

type Step = RunView['steps'][number]

function viewOf(run: Partial<RunView['run']>, steps: Partial<Step>[] = [], attempts: RunView['failedAttempts'] = []) {
  const step = (each: Partial<Step>, n: number): Step => ({
    ...{ runId: 'run', id: `step-${n}`, name: `step-${n}`, kind: 'run', status: 'completed', attempt: 0, until: null },
    ...{ foundAt: at(100), startedAt: at(100), attemptStartedAt: at(100), endedAt: at(300), isLeftOpen: false },
    ...each,
  })
  return {
    run: {
      id: 'run',
      functionId: 'fn',
      status: 'completed',
      queuedAt: at(0),
      startedAt: at(50),
      endedAt: at(400),
      ...run,
    },
    steps: steps.map(step),
    failedAttempts: attempts,
  } as RunView
}

const attempt = (stepId: string, n: number, from: number, to: number, retryAt: number | null) => ({
  ...{ runId: 'run', stepId, attempt: n, startedAt: at(from), endedAt: at(to), error: {} },
  retryAt: retryAt === null ? null : at(retryAt),
})

/** A bar's pieces in ms since the run was queued. */
const pieces = (view: RunView, key: string, now = at(1_000)) =>
  barsOf(view, now)
    .find((bar) => bar.key === key)
    ?.segments.map(({ look, tone, from, to }) => [look, tone, from.getTime() - BEGAN, to.getTime() - BEGAN])

describe('the bars of a run', () => {
  it('begin with the function: its wait in the queue, then its span', () => {
    expect(pieces(viewOf({}), '')).toEqual([
      ['lead', 'idle', 0, 50],
      ['span', 'idle', 50, 400],
    ])
  })

  it('go on until now while the run is open', () => {
    const view = viewOf({ status: 'running', endedAt: null }, [{ status: 'running', endedAt: null }])
    expect(pieces(view, '', at(700))?.at(-1)).toEqual(['span', 'idle', 50, 700])
    expect(pieces(view, 'step-0', at(700))?.at(-1)).toEqual(['work', 'running', 100, 700])
  })

  it('show a run that was never called by its wait alone', () => {
    expect(pieces(viewOf({ status: 'queued', startedAt: null, endedAt: null }), '', at(60))).toEqual([
      ['lead', 'idle', 0, 60],
    ])
  })

  it('show each failed attempt red, the wait after it, and the one that did it', () => {
    const view = viewOf(
      {},
      [{ attempt: 2, attemptStartedAt: at(260) }],
      [attempt('step-0', 0, 100, 120, 180), attempt('step-0', 1, 185, 200, 260)],
    )
    expect(pieces(view, 'step-0')).toEqual([
      ['work', 'failed', 100, 120],
      ['pause', 'retrying', 120, 185],
      ['work', 'failed', 185, 200],
      ['pause', 'retrying', 200, 260],
      ['work', 'completed', 260, 300],
    ])
  })

  it('end a step that has failed for good with its last attempt', () => {
    const view = viewOf(
      { status: 'failed' },
      [{ status: 'failed', endedAt: at(120) }],
      [attempt('step-0', 0, 100, 120, null)],
    )
    expect(pieces(view, 'step-0')).toEqual([['work', 'failed', 100, 120]])
  })

  it('draw a sleep as a pause with its whole length in words, though it is not over', () => {
    const sleep = {
      kind: 'sleep',
      status: 'sleeping',
      startedAt: null,
      endedAt: null,
      until: at(100 + 24 * HOUR),
    } as const
    const [, bar] = barsOf(viewOf({ status: 'sleeping', endedAt: null }, [sleep]), at(5_000))
    expect(bar?.segments).toEqual([{ from: at(100), to: at(5_000), look: 'pause', tone: 'waiting', words: '1 d' }])
  })

  it('draw a sleep that was skipped with the length that it had', () => {
    const skipped = { kind: 'sleep', startedAt: null, endedAt: at(5_100), until: at(100 + 24 * HOUR) } as const
    const [, bar] = barsOf(viewOf({ status: 'sleeping', endedAt: null }, [skipped]), at(9_000))
    expect(bar?.segments).toEqual([{ from: at(100), to: at(5_100), look: 'pause', tone: 'waiting', words: '5 s' }])
  })

  it('say of a step that its run left open that it was', () => {
    const open = { kind: 'sleep', status: 'sleeping', startedAt: null, endedAt: null, isLeftOpen: true } as const
    expect(barsOf(viewOf({}, [open]), at(900))[1]?.status).toBe('left open')
  })

  it('show attempts at the function’s own code on its own bar', () => {
    const view = viewOf({ status: 'failed' }, [], [attempt('', 0, 50, 90, 200), attempt('', 1, 210, 400, null)])
    expect(pieces(view, '')?.slice(2)).toEqual([
      ['work', 'failed', 50, 90],
      ['pause', 'retrying', 90, 210],
      ['work', 'failed', 210, 400],
    ])
  })
})
