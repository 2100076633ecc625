import type { Draft } from '../execution/draft'
import { finishRun } from '../execution/finish'
import { resolvePending } from '../execution/resolve'
import { holds } from '../flow/expression'
import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import { isActive, type Wait } from '../model/run'
import { admit } from './admit'

/** What an event meets: the functions it starts, and the waits that may be for it. */
export type Meeting = { event: StoredEvent; starts: RegisteredFunction[]; waits: Wait[] }

/**
 * Takes one event in: stores it, resumes the runs that wait for it, cancels those that it cancels, and starts new
 * ones. New runs come last, since an event never cancels or resumes the run that it starts itself.
 * @param claims what was claimed in the last 24 hours, as `function key`, where it was read; the new claims are added.
 */
export function ingest(draft: Draft, { event, starts, waits }: Meeting, claims?: Set<string>): void {
  draft.changes.put('event', event)
  for (const wait of waits) meet(draft, event, wait)
  for (const fn of starts) admit(draft, fn, { event, claims })
}

function meet(draft: Draft, event: StoredEvent, wait: Wait): void {
  const run = draft.runById(wait.runId)
  // The wait may be gone since it was read: resolved, timed out, or its run ended, by an earlier event of this commit.
  if (!run || !isActive(run) || !run.waits.has(wait.stepId) || wait.expiresAt <= draft.now) return
  const own = run.events[0]
  const scope = { event: own ? JSON.parse(own.body) : null, async: JSON.parse(event.body) }
  if (wait.expression && !holds(wait.expression, scope)) return
  if (wait.kind === 'cancel') finishRun(draft, run, { status: 'cancelled' })
  else resolvePending(draft, run, wait.stepId, event.body)
}
