import type { Actor } from '../auth/actor'
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

/**
 * One line of CSV. A spreadsheet takes a cell that begins like a formula for one, and would do what somebody else has
 * written: an apostrophe before it makes it a text. Pure.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
