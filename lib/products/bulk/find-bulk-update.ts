import type { Actor } from '../../auth/actor'
import { now } from '../../clock'
import { db } from '../../db'
import type { BulkUpdate } from '../../db/generated/client'
import { isId } from '../../is-id'
import { type RunLink, readRunsOfRecord } from '../../runs/run-links'
import { isGivenUp } from '../../runs/statuses'
import type { ProductRefused } from '../fields'
import { type BulkChange, bulkChange } from './change'
import { type Refusal, refusals } from './perform-bulk-part'

export type BulkUpdateView = Omit<BulkUpdate, 'change' | 'refusals' | 'selection'> & {
  change: BulkChange
  refusals: Refusal[]
  runs: RunLink[]
  /** It has not ended, and nothing works on it any more: its run has failed, or was cancelled. */
  isStuck: boolean
}

/** One bulk update of the actor's shop with the runs that do it; null when there is none of this id. */
export async function findBulkUpdate({ account }: Pick<Actor, 'account'>, id: string): Promise<BulkUpdateView | null> {
  const found = isId(id) ? await db().bulkUpdate.findUnique({ where: { id, accountId: account.id } }) : null
  if (!found) return null
  const { selection, change, refusals: kept, ...rest } = found
  const runs = await readRunsOfRecord(`bulk-update/${id}`)
  const isStuck = rest.status === 'running' && isGivenUp(runs)
  return { ...rest, change: bulkChange.parse(change), refusals: refusals.parse(kept), runs, isStuck }
}

/** Asks for the end of a bulk update: the part that is under way is the last one, and what was changed stays so. */
export async function cancelBulkUpdate(
  { account }: Pick<Actor, 'account'>,
  id: string,
): Promise<{ ok: true } | ProductRefused> {
  const where = { id, accountId: account.id, status: 'running' as const, cancelRequestedAt: null }
  const { count } = isId(id)
    ? await db().bulkUpdate.updateMany({ where, data: { cancelRequestedAt: now() } })
    : { count: 0 }
  return count > 0 ? { ok: true } : { ok: false, message: 'It has ended already.' }
}
