import { retryAfterMs, retryWaitMs } from '../model/backoff'
import { maxAttempts } from '../model/function'
import type { Advance } from './ops/advance'

/** Whether the item has attempts left, and the app didn't rule them out. */
export function mayRetry({ item, fn, noRetry }: Pick<Advance, 'item' | 'fn' | 'noRetry'>): boolean {
  return !noRetry && item.attempt + 1 < maxAttempts(fn.config)
}

/** Puts the item back for its next attempt: when the app asked for, or after the server's own growing wait. */
export function retryItem({
  draft,
  run,
  item,
  retryAfter,
}: Pick<Advance, 'draft' | 'run' | 'item' | 'retryAfter'>): void {
  const wait = retryAfterMs(retryAfter, draft.now) ?? retryWaitMs(item.attempt, draft.moment.random())
  draft.saveItem(run, { ...item, attempt: item.attempt + 1, dueAt: draft.now + wait, resets: 0 })
}
