import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { discover } from '../discover'
import { resolveStep } from '../resolve'
import type { Advance } from './advance'

/** The app ran a step (its own code, or a send): its result becomes the memo, and the run goes on. */
export function stepRun({ draft, run }: Advance, op: Op): void {
  const step = { id: op.id, op: 'StepRun', name: labelOf(op) }
  resolveStep(draft, run, step, canonicalJson({ data: op.data ?? null }))
  // Also for a step that was saved before: where the answer to a checkpoint was lost, the app stops and reports it again.
  discover(draft, run)
}
