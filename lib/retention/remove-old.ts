import { deadLetterGroups, deadLetters } from './dead-letters'
import { limitCounters, secretLinks, sessions } from './expired'
import { importRejects } from './import-rejects'
import { letters } from './letters'
import { auditEntries, incidents, paymentDiscrepancies, scheduleSlots } from './operators-records'
import { outboxEvents } from './outbox-events'
import type { Moment, Removal } from './removal'
import { completedRuns, failedRuns } from './runs'
import { importLeftovers, pictureLeftovers, unfinishedUploads } from './uploads'
import { webhookEvents } from './webhook-events'

/** In this order: a dead letter goes before the run that it kept. */
const removals: readonly Removal[] = [
  deadLetters,
  deadLetterGroups,
  completedRuns,
  failedRuns,
  letters,
  outboxEvents,
  webhookEvents,
  importRejects,
  importLeftovers,
  pictureLeftovers,
  unfinishedUploads,
  sessions,
  secretLinks,
  limitCounters,
  scheduleSlots,
  incidents,
  paymentDiscrepancies,
  auditEntries,
]

/** Every kind of things that are removed once their time is over. */
export const retentionKinds = removals.map(({ kind }) => kind)

const BATCH = 500
/** A pass is one step: short enough to be done again. */
const MOST_BATCHES = 40

export type Removed = { removed: number; isDone: boolean }

/**
 * Removes what is past its time, in small batches that hold nobody up; two at once share the work.
 * @returns how many rows this pass has removed, and whether none is left.
 */
export async function removeOld(
  kind: string,
  moment: Moment,
  { batch = BATCH, mostBatches = MOST_BATCHES }: { batch?: number; mostBatches?: number } = {},
): Promise<Removed> {
  const removal = removals.find((each) => each.kind === kind)
  if (!removal) throw new Error(`nothing of the kind ${kind} is removed`)
  let removed = 0
  for (let n = 0; n < mostBatches; n++) {
    const some = await removal.removeSome(moment, batch)
    removed += some
    if (some < batch) return { removed, isDone: true }
  }
  return { removed, isDone: false }
}
