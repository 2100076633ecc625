import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { failRun } from '../finish'
import { outgoingRequest } from '../outgoing'
import { beginStep } from '../resolve'
import type { Advance } from './advance'

/** `step.fetch`: the engine itself makes an HTTP call, so that the app need not wait for it. */
export function gateway({ draft, run }: Advance, op: Op): void {
  const request = outgoingRequest.safeParse(op.opts)
  if (!request.success)
    return failRun(draft, run, `The fetch "${labelOf(op)}" is not a request: ${request.error.issues[0]?.message}`)
  const step = { id: op.id, op: 'Gateway', name: labelOf(op), input: canonicalJson(request.data) }
  if (beginStep(draft, run, step)) draft.addItem(run, 'fetch', draft.now, op.id)
}
