import { parseUntil } from '../../model/duration'
import { labelOf, type Op } from '../../model/opcode'
import { failRun } from '../finish'
import { beginStep } from '../resolve'
import type { Advance } from './advance'

/** Inngest's longest sleep or wait. */
export const LONGEST_WAIT_MS = 366 * 24 * 3_600_000

/** A sleep; its duration, or its end, stands in the op's `name`. A sleep until an instant that is over ends at once. */
export function sleep({ draft, run }: Advance, op: Op): void {
  const until = parseUntil(op.name ?? '', draft.now)
  if (until === undefined)
    return failRun(draft, run, `The sleep "${labelOf(op)}" has no length: ${JSON.stringify(op.name)}`)
  if (until - draft.now > LONGEST_WAIT_MS)
    return failRun(draft, run, `The sleep "${labelOf(op)}" is longer than 366 days`)
  if (beginStep(draft, run, { id: op.id, op: 'Sleep', name: labelOf(op) }))
    draft.addItem(run, 'wake', Math.max(until, draft.now), op.id)
}
