import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import type { AuditEntry } from '../db/generated/client'

const PAGE_SIZE = 50

export type AuditPage = { entries: AuditEntry[]; nextCursor: string | null }

/**
 * A page of what operators did, newest first.
 * @param cursor the last page's `nextCursor`.
 */
export async function listActs(
  actor: Pick<Actor, 'isOperator'>,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<AuditPage> {
  assertOperator(actor)
  const before = cursor && /^\d{1,18}$/.test(cursor) ? { id: { lt: BigInt(cursor) } } : {}
  const entries = await db().auditEntry.findMany({ where: before, orderBy: { id: 'desc' }, take: PAGE_SIZE + 1 })
  const page = entries.slice(0, PAGE_SIZE)
  return { entries: page, nextCursor: entries.length > PAGE_SIZE ? String(page.at(-1)?.id ?? '') : null }
}
