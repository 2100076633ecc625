import { checkpointOps, type Op } from '../model/opcode'
import { isActive } from '../model/run'
import type { Draft } from './draft'
import { isWithinLimits } from './limits'
import { stepPlanned } from './ops/step-planned'
import { keepResult } from './ops/step-run'

export type Checkpoint = { runId: string; itemId: string; ops: Op[] }

/**
 * Saves steps that the app has run within a call that goes on. No replay is asked for: the app itself goes on.
 * @returns false when the call is stale, and its app should stop.
 */
export function takeCheckpoint(draft: Draft, { runId, itemId, ops }: Checkpoint): boolean {
  const run = draft.runById(runId)
  const item = run?.items.get(itemId)
  const fn = run && draft.functionById(run.functionId)
  if (!run || !item || !fn || !isActive(run)) return false
  for (const op of ops) {
    if (!checkpointOps.has(op.op)) continue
    if (op.op === 'StepPlanned') stepPlanned({ draft, run, fn, item, noRetry: false }, op)
    else keepResult(draft, run, op)
  }
  if (!isActive(run)) return false
  // Each step has attempts of its own: what comes next in this call starts anew.
  if (item.attempt > 0 || item.resets > 0) draft.saveItem(run, { ...item, attempt: 0, resets: 0 })
  return isWithinLimits(draft, run)
}
