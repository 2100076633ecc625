import type { Answer } from '../model/answer'
import { MAX_RESETS } from '../model/backoff'
import { goesOn, hasPendingSteps, type Item, isActive, type Run } from '../model/run'
import { discover } from './discover'
import type { Draft } from './draft'
import { failRun, finishRun } from './finish'
import { isWithinLimits } from './limits'
import { handleOps } from './ops'
import type { Advance } from './ops/advance'
import { completeRun } from './ops/run-complete'
import { stepFailed } from './ops/step-failed'
import { mayRetry, retryItem } from './retry'

/** A call to the app that came back. */
export type Answered = { runId: string; itemId: string; answer: Answer }

/**
 * What one answer of the app does to its run. An answer for a run that has ended, or for an item that is done, comes
 * too late and does nothing.
 */
export function handleAnswer(draft: Draft, { runId, itemId, answer }: Answered): void {
  const run = draft.runById(runId)
  const item = run?.items.get(itemId)
  const fn = run && draft.functionById(run.functionId)
  if (!run || !item || !fn || !isActive(run) || answer.kind === 'stranger') return
  const advance: Advance = { draft, run, fn, item, noRetry: false }
  noteVersion(draft, run, answer)
  if (answer.kind === 'unusable') return failRun(draft, run, answer.reason)
  if (answer.kind === 'done') return done(advance, answer.data)
  Object.assign(advance, { noRetry: answer.noRetry, retryAfter: answer.retryAfter })
  if (answer.kind === 'error') return failed(advance, answer)
  ops(advance, answer)
}

function ops(advance: Advance, answer: Extract<Answer, { kind: 'ops' }>): void {
  const { draft, run, item } = advance
  // An item that is tried again stays; one that stayed for nothing would keep any replay from being asked for.
  const isRetried = mayRetry(advance) && answer.ops.some(({ op }) => op === 'StepError')
  if (!isRetried) draft.dropItem(run, item)
  handleOps(advance, answer.ops)
  if (!isActive(run)) return
  // An answer may also begin a step anew that was done before, and leave nothing to come.
  if (isWithinLimits(draft, run) && (answer.ops.length === 0 || !goesOn(run))) discover(draft, run)
}

function done({ draft, run, item }: Advance, data: unknown): void {
  if (item.kind === 'discovery') return completeRun(draft, run, data)
  draft.dropItem(run, item)
  discover(draft, run)
}

/** The function itself threw, or the SDK could not serve it: one more attempt, while there are some. */
function failed(advance: Advance, { error, noRetry }: Extract<Answer, { kind: 'error' }>): void {
  const { draft, run, item } = advance
  if (mayRetry(advance)) return retryItem(advance)
  if (item.kind === 'step') {
    const name = run.steps.get(item.stepId)?.name ?? item.stepId
    return stepFailed(advance, { id: item.stepId, op: 'StepFailed', displayName: name, data: null, error })
  }
  finishRun(draft, run, { status: 'failed', error: { ...error, error: noRetry ? 'NonRetriableError' : error.name } })
}

function noteVersion(draft: Draft, run: Run, answer: Answer): void {
  if (run.version !== null || !('version' in answer) || !answer.version) return
  run.version = answer.version
  draft.saveRun(run)
}

/** A call that never got an answer from the app. */
export type Unanswered = { runId: string; itemId: string; wasReset: boolean; reason: string }

/**
 * A dropped connection is counted: a step that ends the app's process each time it runs would else run for ever. An
 * app that is away (refused, or something else answers) is waited for without counting.
 */
export function handleUnanswered(draft: Draft, { runId, itemId, wasReset, reason }: Unanswered): void {
  const run = draft.runById(runId)
  const item = run?.items.get(itemId)
  if (!run || !item || !isActive(run) || !wasReset) return
  const resets = item.resets + 1
  if (resets >= MAX_RESETS)
    failRun(draft, run, `The connection was lost ${resets} times in a row on the same step: ${reason}`)
  else draft.saveItem(run, { ...item, resets })
}

/** Whether the next call must plan steps instead of running them: while others are open, one could run twice. */
export function mustPlan(run: Run, item: Item): boolean {
  return item.kind === 'step' || run.version === 1 || hasPendingSteps(run)
}
