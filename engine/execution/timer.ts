import { isActive } from '../model/run'
import type { Draft } from './draft'
import { finishRun } from './finish'
import { invokeTimeoutMemo } from './ops/invoke-function'
import { resolvePending } from './resolve'

/** A timer has come due: a sleep ends, a wait times out, or the run itself has taken too long. */
export function fireTimer(draft: Draft, { runId, itemId }: { runId: string; itemId: string }): void {
  const run = draft.runById(runId)
  const item = run?.items.get(itemId)
  if (!run || !item || !isActive(run)) return
  draft.dropItem(run, item)
  if (item.kind === 'wake') {
    const isInvoke = run.steps.get(item.stepId)?.op === 'InvokeFunction'
    resolvePending(draft, run, item.stepId, isInvoke ? invokeTimeoutMemo : 'null')
  } else if (item.kind === 'finish-timeout' || run.startedAt === null) finishRun(draft, run, { status: 'cancelled' })
}
