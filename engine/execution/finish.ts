import { canonicalJson } from '../model/json'
import { invokersOf, isActive, type Run, type RunError, type Step } from '../model/run'
import type { Draft } from './draft'
import { resolvePending } from './resolve'

export type Ending =
  /** `output` is canonical JSON. */
  { status: 'completed'; output: string } | { status: 'failed'; error: RunError } | { status: 'cancelled' }

/**
 * Ends a run: its status and output once, its timers and waits gone, its place as a singleton free, its finish events
 * asked for, and the runs that invoked it resumed. A run that has ended stays as it ended.
 */
export function finishRun(draft: Draft, run: Run, ending: Ending): void {
  if (!isActive(run)) return
  run.status = ending.status
  run.endedAt = draft.now
  run.startedAt ??= ending.status === 'cancelled' ? null : draft.now
  if (ending.status === 'completed') run.output = ending.output
  if (ending.status === 'failed') run.error = ending.error
  for (const item of [...run.items.values()]) draft.dropItem(run, item)
  for (const wait of [...run.waits.values()]) draft.dropWait(run, wait)
  for (const step of [...run.steps.values()]) if (step.input !== null) forgetInput(draft, run, step)
  if (run.singletonKey !== null) draft.flow.singletons.release(run.singletonKey, run.id)
  draft.saveRun(run)
  draft.ended.push(run.status)
  draft.raised.push(run)
  for (const invoker of invokersOf(run)) {
    const parent = draft.runById(invoker.runId)
    if (parent) resolvePending(draft, parent, invoker.stepId, memoFor(run))
  }
}

/** What the engine would have needed for a step (a signal, a request with its keys) is not kept beyond the run. */
function forgetInput(draft: Draft, run: Run, step: Step): void {
  draft.freeSignal(step)
  draft.saveStep(run, { ...step, input: null })
}

/** What an invoking run reads. A cancelled callee is an error to it, never a success. */
function memoFor(run: Run): string {
  if (run.status === 'completed') return `{"data":${run.output ?? 'null'}}`
  const error = run.error ?? { name: 'Error', message: 'The invoked function was cancelled' }
  return canonicalJson({ error })
}

/** Shorthand for an end by an error that the engine itself found. */
export function failRun(draft: Draft, run: Run, message: string, name = 'Error'): void {
  finishRun(draft, run, { status: 'failed', error: { name, message, error: name } })
}
