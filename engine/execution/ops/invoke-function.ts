import { z } from 'zod'
import { parseUntil } from '../../model/duration'
import { INVOKED, systemEvent } from '../../model/event'
import { uuidOf } from '../../model/ids'
import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import type { Run } from '../../model/run'
import { admit } from '../../trigger/admit'
import { refusedMemo } from '../../trigger/refuse'
import type { Draft } from '../draft'
import { failRun } from '../finish'
import { fitsStep } from '../limits'
import { beginStep, resolvePending } from '../resolve'
import type { Advance } from './advance'
import { LONGEST_WAIT_MS } from './sleep'

const options = z.object({
  function_id: z.string(),
  payload: z.object({ data: z.record(z.string(), z.unknown()).nullish(), v: z.string().nullish() }).nullish(),
  timeout: z.string().optional(),
})

/** Starts a run of another function and waits for its end; the child is made in the same commit as the wait. */
export function invokeFunction({ draft, run, fn }: Advance, op: Op): void {
  const opts = options.safeParse(op.opts)
  if (!opts.success) return failRun(draft, run, `The invoke "${labelOf(op)}" names no function`)
  const { function_id: calleeId, payload, timeout } = opts.data
  if (!fitsStep(draft, run, `The data of the invoke "${labelOf(op)}"`, canonicalJson(payload))) return
  if (!beginStep(draft, run, { id: op.id, op: 'InvokeFunction', name: labelOf(op) })) return
  const callee = draft.functionById(calleeId)
  const problem = draft.problemOf(calleeId)
  if (problem) return refuse(draft, run, op, `the function ${calleeId} is set aside: ${problem}`)
  if (!callee) return refuse(draft, run, op, `could not find function with ID: ${calleeId}`)
  if (draft.isPaused(calleeId)) return refuse(draft, run, op, `the function ${calleeId} is paused`)
  const expire = (timeout === undefined ? undefined : parseUntil(timeout, draft.now)) ?? draft.now + LONGEST_WAIT_MS
  draft.addItem(run, 'wake', expire, op.id)
  const data = {
    ...payload?.data,
    _inngest: {
      correlation_id: `${run.id}.${op.id}`,
      expire,
      fn_id: calleeId,
      gid: uuidOf(`${run.id}.${op.id}`),
      name: labelOf(op),
      source_app_id: uuidOf(fn.appId),
      source_fn_id: fn.uuid,
      source_fn_v: 1,
    },
  }
  const id = draft.newId()
  const event = systemEvent({ name: INVOKED, data, v: payload?.v }, id, id, draft.now, draft.now)
  draft.changes.put('event', event)
  const refusal = admit(draft, callee, { event, parent: { runId: run.id, stepId: op.id } })
  if (refusal) resolvePending(draft, run, op.id, refusedMemo(refusal))
}

/** The invoking function gets an error, and may catch it. */
function refuse(draft: Draft, run: Run, op: Op, message: string): void {
  resolvePending(draft, run, op.id, canonicalJson({ error: { name: 'Error', message } }))
}

/** What an invoking function reads when its callee took too long. */
export const invokeTimeoutMemo = canonicalJson({
  error: {
    name: 'InngestInvokeTimeoutError',
    message: 'Timed out waiting for invoked function to complete',
    error: 'InngestInvokeTimeoutError: Timed out waiting for invoked function to complete',
  },
})
