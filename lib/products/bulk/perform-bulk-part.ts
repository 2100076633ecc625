import { z } from 'zod'
import { now } from '../../clock'
import { db, type Prisma, type Tx } from '../../db'
import type { BulkUpdate } from '../../db/generated/client'
import { countStock } from '../../stock/count-stock'
import { bulkChange, type Outcome, outcomeOf, type Target } from './change'
import { isSelected, selection } from './selection'

/** So many products are changed in one transaction: a second or less, and 1,000,000 in 200 steps. */
const PART = 5_000
/** So many refusals are kept with their reasons; of more, their number. */
const MOST_REFUSALS = 100

export const refusals = z.array(z.object({ sku: z.string(), title: z.string(), reason: z.string() }))
export type Refusal = z.infer<typeof refusals>[number]

export type BulkPart = { isDone: boolean; seen: number; total: number }

type Row = Target & { id: string; sku: string; title: string }
type Decided = { row: Row; outcome: Outcome }

/**
 * Changes the next part of the products of a bulk update, in one transaction with how far it has come: done again after a
 * crash, it goes on where the last part ended. Products that came to the shop after it was asked for are left alone.
 * @returns `isDone` when there are none left, or its end was asked for; null when there is no such update.
 */
export async function performBulkPart(id: string, part = PART): Promise<BulkPart | null> {
  return db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "BulkUpdate" WHERE "id" = ${id} FOR NO KEY UPDATE`
      const update = await tx.bulkUpdate.findUnique({ where: { id } })
      if (!update) return null
      if (update.status !== 'running') return partOf(update, true)
      if (update.cancelRequestedAt) return partOf(await end(tx, update, 'cancelled'), true)
      const rows = await nextRows(tx, update, part)
      const change = bulkChange.parse(update.change)
      const decided = rows.map((row) => ({ row, outcome: outcomeOf(change, row) }))
      await write(tx, update, decided)
      const noted = await tx.bulkUpdate.update({ where: { id }, data: progressOf(update, decided) })
      return rows.length < part ? partOf(await end(tx, noted, 'completed'), true) : partOf(noted, false)
    },
    { timeout: 60_000 },
  )
}

function nextRows(tx: Tx, update: BulkUpdate, part: number): Promise<Row[]> {
  const where = isSelected(update.accountId, selection.parse(update.selection))
  // Locked in the order in which everybody locks products.
  return tx.$queryRaw<Row[]>`
    SELECT "id", "sku", "title", "priceMinor", "onHand", "reserved", "archivedAt" FROM "Product"
    WHERE ${where} AND "id" > ${update.lastProductId} AND "createdAt" <= ${update.createdAt}
    ORDER BY "id" LIMIT ${part} FOR NO KEY UPDATE`
}

async function write(tx: Tx, { id, accountId }: BulkUpdate, decided: Decided[]): Promise<void> {
  const prices = decided.flatMap(({ row, outcome }) =>
    outcome.kind === 'price' ? [{ id: row.id, priceMinor: outcome.priceMinor }] : [],
  )
  const counts = decided.flatMap(({ row, outcome }) =>
    outcome.kind === 'stock' ? [{ productId: row.id, onHand: outcome.onHand, key: `bulk-update/${id}/${row.id}` }] : [],
  )
  const moved = decided.filter(({ outcome }) => outcome.kind === 'archived')
  if (prices.length > 0) await setPrices(tx, prices)
  if (counts.length > 0) await countStock(tx, { accountId, kind: 'adjusted', counts })
  const [first] = moved
  if (first?.outcome.kind === 'archived') {
    const archivedAt = first.outcome.isArchived ? now() : null
    await tx.product.updateMany({ where: { id: { in: moved.map(({ row }) => row.id) } }, data: { archivedAt } })
  }
}

/** An edit like any other: whoever has a product's form open is told that it has changed. */
function setPrices(tx: Tx, prices: { id: string; priceMinor: number }[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Product" AS product
    SET "priceMinor" = given."priceMinor",
      "updatedAt" = greatest(${now()}::timestamptz, product."updatedAt" + interval '1 millisecond')
    FROM jsonb_to_recordset(${JSON.stringify(prices)}::jsonb) AS given ("id" text, "priceMinor" int)
    WHERE product."id" = given."id"`
}

function progressOf(update: BulkUpdate, decided: Decided[]) {
  const refused = decided.flatMap(({ row: { sku, title }, outcome }) =>
    outcome.kind === 'refused' ? [{ sku, title, reason: outcome.reason }] : [],
  )
  const same = decided.filter(({ outcome }) => outcome.kind === 'same').length
  const kept = [...refusals.parse(update.refusals), ...refused].slice(0, MOST_REFUSALS)
  return {
    seen: update.seen + decided.length,
    changed: update.changed + decided.length - same - refused.length,
    refused: update.refused + refused.length,
    refusals: kept as Prisma.InputJsonArray,
    lastProductId: decided.at(-1)?.row.id ?? update.lastProductId,
  }
}

function end(tx: Tx, { id }: BulkUpdate, status: 'completed' | 'cancelled'): Promise<BulkUpdate> {
  return tx.bulkUpdate.update({ where: { id }, data: { status, endedAt: now() } })
}

function partOf({ seen, total }: BulkUpdate, isDone: boolean): BulkPart {
  return { isDone, seen, total: Math.max(total, seen) }
}
