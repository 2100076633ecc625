import type { Actor } from '../auth/actor'
import { csvLine } from '../csv-line'
import { db } from '../db'
import { isId } from '../is-id'

const PAGE = 5_000

/** The bad rows of an import as CSV, piece by piece; null when the actor's shop has no such import. */
export async function exportRejects(
  { account }: Pick<Actor, 'account'>,
  importId: string,
): Promise<AsyncGenerator<string> | null> {
  const where = { id: importId, accountId: account.id }
  const found = isId(importId) ? await db().productImport.findUnique({ where, select: { id: true } }) : null
  return found ? pages(importId) : null
}

async function* pages(importId: string): AsyncGenerator<string> {
  yield csvLine(['Row', 'Field', 'Reason', 'Content'])
  for (let after = 0; ; ) {
    const rows = await db().productImportReject.findMany({
      where: { importId, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: PAGE,
    })
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => csvLine([String(row.rowNumber), row.field, row.reason, row.text])).join('')
    after = last.rowNumber
  }
}
