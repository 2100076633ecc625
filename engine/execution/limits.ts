import type { Run } from '../model/run'
import type { Draft } from './draft'
import { failRun } from './finish'

/** Inngest's own limits of a run, with its own names for going beyond them. */
export const MAX_STEPS = 1_000
export const MOST_STEP_BYTES = 4 * 1024 * 1024
export const MOST_STATE_BYTES = 32 * 1024 * 1024

/**
 * Fails a run that has grown beyond what a run may be.
 * @returns whether it may go on.
 */
export function isWithinLimits(draft: Draft, run: Run): boolean {
  if (run.steps.size > MAX_STEPS)
    failRun(
      draft,
      run,
      `The function run exceeded the step limit of ${MAX_STEPS} steps.`,
      'InngestErrFunctionOverflowed',
    )
  else if (outgrows(run, '')) failByState(draft, run)
  else return true
  return false
}

/** Whether events, memo and one more text are more than a run may hold. */
export function outgrows(run: Run, more: string): boolean {
  const texts = [more, ...run.events.map((event) => event.body)]
  for (const step of run.steps.values()) if (step.memo) texts.push(step.memo)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  // A character takes three bytes at most: the bytes need counting only where it may matter.
  if (length * 3 <= MOST_STATE_BYTES) return false
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > MOST_STATE_BYTES
}

export function failByState(draft: Draft, run: Run): void {
  const message = `The events and results of this run are larger than ${MOST_STATE_BYTES} bytes together.`
  failRun(draft, run, message, 'InngestErrStateOverflowed')
}

/** Fails a run one of whose steps takes in or gives out more than a step may. @returns whether it is small enough. */
export function fitsStep(draft: Draft, run: Run, what: string, text: string): boolean {
  if (text.length * 3 <= MOST_STEP_BYTES || Buffer.byteLength(text) <= MOST_STEP_BYTES) return true
  failRun(draft, run, `${what} is larger than ${MOST_STEP_BYTES} bytes`, 'output_too_large')
  return false
}
