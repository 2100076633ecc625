import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Account, ProductImport } from '../db/generated/client'
import { checkRow, isBlank, type Reject } from './check-row'
import { claimSkus } from './claim-skus'
import { type Decision, decideRow } from './decide-row'
import { MOST_ROWS, TOO_MANY_ROWS } from './limit-rows'
import { type FilePart, type Head, readHead, readPart, UnreadableFileError } from './read-rows'
import { sourceKey } from './source-key'
import { findBySku, writeProducts } from './write-products'

/** So many rows are written in one transaction: well under a second, and 1,000,000 in 400 steps. */
const PART = 2_500

export type ImportProgress = { isDone: boolean; position: number; bytes: number; rowsRead: number }

type Import = ProductImport & { account: Account }

/**
 * Does the next part of an import, in one transaction with how far it has come: done again after a crash, it goes on
 * where the last part ended.
 * @returns `isDone` when there is nothing left, or its end was asked for; null when there is no such import.
 * @throws what the storage or the database throws; a later try may succeed.
 */
export async function performImportPart(id: string, most = PART): Promise<ImportProgress | null> {
  const found = await db().productImport.findUnique({ where: { id }, include: { account: true } })
  if (!found) return null
  if (found.endedAt) return progressOf(found)
  if (found.cancelRequestedAt) return progressOf(await end(found, { status: 'cancelled' }))
  try {
    const head = await readHead(sourceKey(id))
    const part = await readPart(sourceKey(id), { ...found, delimiter: head.delimiter, most })
    return progressOf(await writePart(found, head, part))
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error
    return progressOf(await end(found, { status: 'failed', problem: error.message }))
  }
}

function writePart(seen: Import, head: Head, part: FilePart): Promise<ProductImport> {
  return db().$transaction(
    async (tx) => {
      const isNext = await takePosition(tx, seen, part)
      if (isNext) await writeRows(tx, seen, head, part)
      return tx.productImport.findUniqueOrThrow({ where: { id: seen.id } })
    },
    { timeout: 60_000, maxWait: 10_000 },
  )
}

/** False when somebody else has written this part, or ended the import: then there is nothing to write. */
async function takePosition(tx: Tx, seen: Import, { position, lastRow }: FilePart): Promise<boolean> {
  const { id, lastRow: seenRow } = seen
  const { count } = await tx.productImport.updateMany({
    where: { id, position: seen.position, lastRow: seenRow, endedAt: null },
    data: { position, lastRow, status: 'running', startedAt: seen.startedAt ?? now() },
  })
  return count === 1
}

async function writeRows(tx: Tx, { id, isDryRun, account, rowsRead }: Import, head: Head, part: FilePart) {
  const { currency, id: accountId } = account
  const filled = part.rows.filter(({ record }) => !isBlank(record))
  if (rowsRead + filled.length > MOST_ROWS) throw new UnreadableFileError(TOO_MANY_ROWS)
  const checked = filled.map(({ record, rowNumber }) => checkRow(record, { rowNumber, fields: head.fields, currency }))
  const { first, rejects: again } = await claimSkus(
    tx,
    id,
    checked.flatMap((each) => (each.ok ? [each.row] : [])),
  )
  const known = await findBySku(tx, { accountId, skus: first.map(({ sku }) => sku), isLocked: !isDryRun })
  const decisions = first.map((row) => decideRow(row, known.get(row.sku), currency))
  if (!isDryRun) await writeProducts(tx, { importId: id, shop: { accountId, currency }, decisions })
  const rejects = [
    ...checked.flatMap((each) => (each.ok ? [] : [each.reject])),
    ...again,
    ...decisions.flatMap((each) => (each.kind === 'bad' ? [each.reject] : [])),
  ]
  await noteResult(tx, id, { filled: filled.length, decisions, rejects, isLast: part.isLast })
}

async function noteResult(
  tx: Tx,
  importId: string,
  { filled, decisions, rejects, isLast }: { filled: number; decisions: Decision[]; rejects: Reject[]; isLast: boolean },
): Promise<void> {
  const countOf = (kind: Decision['kind']) => ({ increment: decisions.filter((each) => each.kind === kind).length })
  if (rejects.length > 0)
    await tx.productImportReject.createMany({ data: rejects.map((reject) => ({ importId, ...reject })) })
  await tx.productImport.update({
    where: { id: importId },
    data: {
      ...{ created: countOf('created'), updated: countOf('updated'), unchanged: countOf('unchanged') },
      ...{ bad: { increment: rejects.length }, rowsRead: { increment: filled } },
      ...(isLast ? { status: 'completed' as const, endedAt: now() } : {}),
    },
  })
}

async function end({ id }: Import, how: { status: 'cancelled' } | { status: 'failed'; problem: string }) {
  await db().productImport.updateMany({ where: { id, endedAt: null }, data: { ...how, endedAt: now() } })
  return db().productImport.findUniqueOrThrow({ where: { id } })
}

function progressOf({ endedAt, position, bytes, rowsRead }: ProductImport): ImportProgress {
  return { isDone: endedAt !== null, position, bytes, rowsRead }
}
