import type { Run } from '../model/run'
import type { Draft } from './draft'

/**
 * Asks for a replay of the run, in which the app finds what comes next. One waits at a time at most: a replay reads
 * the whole memo, so a second one would find the same. One that is under way has read an older memo and doesn't count.
 */
export function discover(draft: Draft, run: Run): void {
  for (const item of run.items.values()) if (item.kind === 'discovery' && !draft.isUnderWay(item.id)) return
  draft.addItem(run, 'discovery', draft.now)
}
