import { type StatusWord, stepStatusWord } from '@/app/_ui/status'
import type { Bar, Segment, Tone } from '@/app/_ui/waterfall/waterfall'
import { durationWords } from '@/app/_ui/words'
import type { RunView, StepLine } from '@/lib/runs/get-run'

/** The bars of a run's waterfall: the function's own, then one a step. Pure. */
export function barsOf({ run, steps, failedAttempts }: RunView, now: Date): Bar[] {
  const href = `/console/runs/${run.id}`
  const until = run.endedAt ?? now
  const ofFunction = failedAttempts.filter(({ stepId }) => stepId === '')
  const own: Bar = {
    ...{ key: '', href, name: run.functionId, kind: 'function', status: run.status },
    ms: run.startedAt ? until.getTime() - run.startedAt.getTime() : null,
    segments: [
      ...lead(run.queuedAt, run.startedAt ?? until),
      ...(run.startedAt ? [{ from: run.startedAt, to: until, look: 'span', tone: 'idle' } as const] : []),
      ...tries(ofFunction, until),
    ],
  }
  return [
    own,
    ...steps.map((step) =>
      stepBar(
        step,
        failedAttempts.filter(({ stepId }) => stepId === step.id),
        until,
        href,
      ),
    ),
  ]
}

type Attempt = RunView['failedAttempts'][number]

const pausing = ['sleeping', 'waiting', 'invoking'] as const
const PAUSE_KINDS = ['sleep', 'waitForEvent', 'waitForSignal', 'invoke', 'fetch', 'ai.infer']

function stepBar(step: StepLine, failed: Attempt[], runUntil: Date, href: string): Bar {
  const { id, name, kind, foundAt, startedAt, endedAt } = step
  const status = stepStatusWord(step.status, step.isLeftOpen)
  const from = startedAt ?? foundAt
  const until = endedAt ?? runUntil
  return {
    ...{ key: id, href: `${href}?step=${id}`, name, kind, status },
    ms: until.getTime() - from.getTime(),
    segments: isPause(step) ? pause(step, until) : work(step, failed, until, status),
  }
}

function isPause({ kind, status }: StepLine): boolean {
  return PAUSE_KINDS.includes(kind) || pausing.some((each) => each === status)
}

/** A sleep is as long as it was meant to be, also while it goes on; unless it was skipped. */
function pause({ foundAt, until, endedAt, kind, status }: StepLine, to: Date): Segment[] {
  const isWhole = kind === 'sleep' && until && !(endedAt && endedAt < until)
  const length = (isWhole ? until : to).getTime() - foundAt.getTime()
  const tone = status === 'failed' ? 'failed' : 'waiting'
  return [{ from: foundAt, to, look: 'pause', tone, words: durationWords(length) }]
}

function work(step: StepLine, failed: Attempt[], until: Date, status: StatusWord): Segment[] {
  const { foundAt, startedAt, attemptStartedAt, endedAt } = step
  if (!startedAt) return [...lead(foundAt, endedAt ?? until), ...(endedAt ? [at(endedAt, toneOf(status))] : [])]
  const isTried = step.status === 'completed' || step.status === 'running'
  const last: Segment[] =
    isTried && attemptStartedAt ? [{ from: attemptStartedAt, to: until, look: 'work', tone: toneOf(status) }] : []
  return [
    ...lead(foundAt, startedAt),
    ...tries(failed, isTried && attemptStartedAt ? attemptStartedAt : until),
    ...last,
  ]
}

/** Failed attempts, and the wait after each for the next one. */
function tries(failed: Attempt[], until: Date): Segment[] {
  return failed.flatMap(({ startedAt, endedAt, retryAt }, n): Segment[] => {
    const next = failed[n + 1]?.startedAt ?? until
    const attempt: Segment = { from: startedAt, to: endedAt, look: 'work', tone: 'failed' }
    if (!retryAt || next <= endedAt) return [attempt]
    const words = durationWords(next.getTime() - endedAt.getTime())
    return [attempt, { from: endedAt, to: next, look: 'pause', tone: 'retrying', words }]
  })
}

function lead(from: Date, to: Date): Segment[] {
  return to > from ? [{ from, to, look: 'lead', tone: 'idle' }] : []
}

const at = (instant: Date, tone: Tone): Segment => ({ from: instant, to: instant, look: 'work', tone })

function toneOf(status: StatusWord): Tone {
  if (status === 'completed' || status === 'failed' || status === 'running' || status === 'retrying') return status
  return 'idle'
}
