import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { isActive, type Run } from '../../model/run'
import { discover } from '../discover'
import type { Draft } from '../draft'
import { fitsStep } from '../limits'
import { resolveStep } from '../resolve'
import type { Advance } from './advance'

/** The app ran a step (its own code, or a send): its result becomes the memo, and the run goes on. */
export function stepRun({ draft, run }: Advance, op: Op): void {
  keepResult(draft, run, op)
  // Also for a step that was saved before: where the answer to a checkpoint was lost, the app stops and reports it again.
  if (isActive(run)) discover(draft, run)
}

/** Makes a step's result its memo; one that is too large ends the run. */
export function keepResult(draft: Draft, run: Run, op: Op): void {
  const memo = canonicalJson({ data: op.data ?? null })
  if (fitsStep(draft, run, `The output of the step "${labelOf(op)}"`, memo))
    resolveStep(draft, run, { id: op.id, op: 'StepRun', name: labelOf(op) }, memo)
}
