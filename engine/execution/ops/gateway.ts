import type { z } from 'zod'
import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { failRun } from '../finish'
import { fitsStep } from '../limits'
import { fetchOptions, inferenceOptions, type OutgoingRequest } from '../outgoing'
import { beginStep } from '../resolve'
import type { Advance } from './advance'

/** `step.fetch`: the engine itself makes an HTTP call, so that the app need not wait for it. */
export function gateway(advance: Advance, op: Op): void {
  callOut(advance, op, fetchOptions)
}

/** `step.ai.infer`: the same for a call to the provider of a model. */
export function aiGateway(advance: Advance, op: Op): void {
  callOut(advance, op, inferenceOptions)
}

function callOut({ draft, run }: Advance, op: Op, options: z.ZodType<OutgoingRequest>): void {
  const label = labelOf(op)
  const request = options.safeParse(op.opts)
  if (!request.success)
    return failRun(draft, run, `The call of the step "${label}" is not a request: ${request.error.issues[0]?.message}`)
  const input = canonicalJson(request.data)
  if (!fitsStep(draft, run, `The request of the step "${label}"`, input)) return
  if (beginStep(draft, run, { id: op.id, op: op.op, name: label, input })) draft.addItem(run, 'fetch', draft.now, op.id)
}
