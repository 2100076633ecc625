import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { discover } from '../discover'
import { resolveStep } from '../resolve'
import type { Advance } from './advance'

/** A step has failed for good: the error becomes its memo, for the function to catch or to fail by. */
export function stepFailed({ draft, run }: Advance, op: Op): void {
  const { name, message, stack, cause } = op.error ?? { name: 'Error', message: 'Unknown error' }
  const error = { name, message, ...(stack ? { stack } : {}), ...(cause ? { cause } : {}) }
  resolveStep(draft, run, { id: op.id, op: 'StepRun', name: labelOf(op) }, canonicalJson({ error }))
  discover(draft, run)
}
