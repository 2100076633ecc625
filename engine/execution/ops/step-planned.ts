import { labelOf, type Op } from '../../model/opcode'
import { beginStep } from '../resolve'
import type { Advance } from './advance'

/** A step that the app found and did not run yet: it gets a call of its own. */
export function stepPlanned({ draft, run }: Advance, op: Op): void {
  if (beginStep(draft, run, { id: op.id, op: 'StepPlanned', name: labelOf(op) }))
    draft.addItem(run, 'step', draft.now, op.id)
}
