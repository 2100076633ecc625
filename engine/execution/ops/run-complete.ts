import { canonicalJson } from '../../model/json'
import type { Op } from '../../model/opcode'
import type { Run } from '../../model/run'
import type { Draft } from '../draft'
import { finishRun } from '../finish'
import { failByState, isWithinLimits, outgrows } from '../limits'
import type { Advance } from './advance'

/** The function has returned. */
export function runComplete({ draft, run }: Advance, op: Op): void {
  completeRun(draft, run, op.data)
}

/** Ends a run with the function's value, which counts towards its state. */
export function completeRun(draft: Draft, run: Run, value: unknown): void {
  // The same answer may have brought the step that was one too many.
  if (!isWithinLimits(draft, run)) return
  const output = canonicalJson(value ?? null)
  if (outgrows(run, output)) failByState(draft, run)
  else finishRun(draft, run, { status: 'completed', output })
}
