import { countDone, isActive, type Run, type Step } from '../model/run'
import { discover } from './discover'
import type { Draft } from './draft'

/**
 * Gives a step its memo. First one wins: a second result for a step that is done, or a result for a run that has
 * ended, changes nothing.
 * @param memo canonical JSON, wrapped as the SDK reads it (`{"data":…}`, `{"error":…}`, a bare event or null).
 * @returns whether the memo was taken.
 */
export function resolveStep(draft: Draft, run: Run, step: Pick<Step, 'id' | 'op' | 'name'>, memo: string): boolean {
  const before = run.steps.get(step.id)
  if (!isActive(run) || before?.status === 'done') return false
  const { id, op, name } = step
  draft.saveStep(run, { runId: run.id, id, op, name, status: 'done', input: null, memo, place: countDone(run) })
  if (before) draft.freeSignal(before)
  forgetPromises(draft, run, id)
  return true
}

/** As `resolveStep`, for a step that was pending; the run goes on. */
export function resolvePending(draft: Draft, run: Run, stepId: string, memo: string): boolean {
  const step = run.steps.get(stepId)
  if (step?.status !== 'pending' || !resolveStep(draft, run, step, memo)) return false
  discover(draft, run)
  return true
}

/** Notes a step that will be resolved later. False when the run has it already: every replay reports it again. */
export function beginStep(
  draft: Draft,
  run: Run,
  step: Pick<Step, 'id' | 'op' | 'name'> & { input?: string },
): boolean {
  if (run.steps.has(step.id)) return false
  const { id, op, name, input = null } = step
  draft.saveStep(run, { runId: run.id, id, op, name, status: 'pending', input, memo: null, place: null })
  return true
}

function forgetPromises(draft: Draft, run: Run, stepId: string): void {
  for (const item of [...run.items.values()]) if (item.stepId === stepId) draft.dropItem(run, item)
  const wait = run.waits.get(stepId)
  if (wait) draft.dropWait(run, wait)
}
