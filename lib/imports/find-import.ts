import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import type { ProductImport, ProductImportReject } from '../db/generated/client'
import { isId } from '../is-id'
import { type RunLink, readRunsOfRecord } from '../runs/run-links'
import { isGivenUp } from '../runs/statuses'

export type ImportView = ProductImport & {
  /** The first of the bad rows. */
  rejects: ProductImportReject[]
  runs: RunLink[]
  /** It has not ended, and nothing works on it any more: its run has failed, or was cancelled. */
  isStuck: boolean
}

const MOST_SHOWN = 100
const MOST_LISTED = 50

/** One import of the actor's shop, with its first bad rows and the runs that do it; null when there is none of this id. */
export async function findImport({ account }: Pick<Actor, 'account'>, id: string): Promise<ImportView | null> {
  if (!isId(id)) return null
  const found = await db().productImport.findUnique({
    where: { id, accountId: account.id },
    include: { rejects: { orderBy: { rowNumber: 'asc' }, take: MOST_SHOWN } },
  })
  if (!found) return null
  const runs = await readRunsOfRecord(`import/${id}`)
  const isStuck = !found.endedAt && isGivenUp(runs)
  return { ...found, runs, isStuck }
}

/** The latest imports of the actor's shop, newest first. */
export function listImports({ account }: Pick<Actor, 'account'>): Promise<ProductImport[]> {
  const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
  return db().productImport.findMany({ where: { accountId: account.id }, orderBy, take: MOST_LISTED })
}

/** Asks for the end of an import: the part that is under way is the last one, and what was written stays so. */
export async function cancelImport(
  { account }: Pick<Actor, 'account'>,
  id: string,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const where = { id, accountId: account.id, endedAt: null, cancelRequestedAt: null }
  const { count } = isId(id)
    ? await db().productImport.updateMany({ where, data: { cancelRequestedAt: now() } })
    : { count: 0 }
  return count > 0 ? { ok: true } : { ok: false, message: 'It has ended already.' }
}
