import { canonicalJson } from '../model/json'
import { checkpointOps, type Op } from '../model/opcode'
import { isActive, type Run } from '../model/run'
import type { Draft } from './draft'
import { isWithinLimits } from './limits'
import { stepPlanned } from './ops/step-planned'
import { keepResult } from './ops/step-run'
import { isSupported } from './ops/supported'

export type Checkpoint = { runId: string; itemId: string; ops: Op[] }

/**
 * Saves steps that the app has run within a call that goes on. No replay is asked for: the app itself goes on.
 * @returns `stale` when the call has nothing to do any more; `overtaken` when one of the steps has another result
 *   already, so that this very call was delivered twice, and its app goes on from a value that is not the memo's.
 */
export function takeCheckpoint(draft: Draft, { runId, itemId, ops }: Checkpoint): 'saved' | 'stale' | 'overtaken' {
  const run = draft.runById(runId)
  const item = run?.items.get(itemId)
  const fn = run && draft.functionById(run.functionId)
  if (!run || !item || !fn || !isActive(run)) return 'stale'
  if (ops.some((op) => isOvertaken(run, op))) return 'overtaken'
  for (const op of ops) {
    if (!checkpointOps.has(op.op)) continue
    if (!isSupported(draft, run, op)) return 'stale'
    if (op.op === 'StepPlanned') stepPlanned({ draft, run, fn, item, noRetry: false }, op)
    else keepResult(draft, run, op)
  }
  if (!isActive(run)) return 'stale'
  // Each step has attempts of its own: what comes next in this call starts anew.
  if (item.attempt > 0 || item.resets > 0) draft.saveItem(run, { ...item, attempt: 0, resets: 0 })
  return isWithinLimits(draft, run) ? 'saved' : 'stale'
}

function isOvertaken(run: Run, op: Op): boolean {
  const step = run.steps.get(op.id)
  return step?.status === 'done' && op.op !== 'StepPlanned' && step.memo !== canonicalJson({ data: op.data ?? null })
}
