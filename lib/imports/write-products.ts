import { now } from '../clock'
import type { Tx } from '../db'
import { countStock } from '../stock/count-stock'
import type { Columns, Decision, KnownProduct } from './decide-row'
import { orderedId } from './ordered-id'

type Shop = { accountId: string; currency: string }

/** An SKU was taken by somebody else meanwhile: nothing of the part was written, and another try finds their product. */
export class SkuTakenError extends Error {
  override name = 'SkuTakenError'
}

/**
 * The products of a shop that have one of some SKUs.
 * @param isLocked until the transaction ends, in the order in which everybody locks products: what is decided on them
 *   still holds when it is written.
 */
export async function findBySku(
  tx: Tx,
  { accountId, skus, isLocked }: { accountId: string; skus: string[]; isLocked: boolean },
): Promise<Map<string, KnownProduct>> {
  const rows = isLocked
    ? await tx.$queryRaw<KnownProduct[]>`
        SELECT "id", "sku", "title", "description", "priceMinor", "currency", "lowStockLevel", "onHand", "reserved"
        FROM "Product" WHERE "accountId" = ${accountId} AND "sku" = ANY(${skus}) ORDER BY "id" FOR NO KEY UPDATE`
    : await tx.$queryRaw<KnownProduct[]>`
        SELECT "id", "sku", "title", "description", "priceMinor", "currency", "lowStockLevel", "onHand", "reserved"
        FROM "Product" WHERE "accountId" = ${accountId} AND "sku" = ANY(${skus})`
  return new Map(rows.map((row) => [row.sku, row]))
}

/**
 * Writes what was decided on, set by set, in the caller's transaction, which has locked the products.
 * @throws SkuTakenError
 */
export async function writeProducts(
  tx: Tx,
  { importId, shop, decisions }: { importId: string; shop: Shop; decisions: readonly Decision[] },
): Promise<void> {
  const created = decisions.flatMap((each) => (each.kind === 'created' ? [each.columns] : []))
  const updated = decisions.flatMap((each) => (each.kind === 'updated' ? [each] : []))
  const changed = updated.flatMap(({ id, columns }) => (columns ? [{ id, ...columns }] : []))
  const counts = updated.flatMap(({ id, onHand }) =>
    onHand === undefined ? [] : [{ productId: id, onHand, key: `import/${importId}/${id}` }],
  )
  if (created.length > 0) await insert(tx, shop, created)
  if (changed.length > 0) await update(tx, changed)
  if (counts.length > 0) await countStock(tx, { accountId: shop.accountId, kind: 'imported', counts })
}

/** The stock that a new product comes with becomes its first movement by itself. */
async function insert(tx: Tx, { accountId, currency }: Shop, created: (Columns & { sku: string })[]): Promise<void> {
  const at = now()
  const rows = created.map((columns) => ({ id: orderedId(at), ...columns }))
  const inserted = await tx.$executeRaw`
    INSERT INTO "Product" (
      "id", "accountId", "sku", "title", "description", "priceMinor", "currency", "lowStockLevel", "onHand",
      "createdAt", "updatedAt"
    )
    SELECT given."id", ${accountId}, given."sku", given."title", given."description", given."priceMinor", ${currency},
      given."lowStockLevel", given."onHand", ${at}, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (
      "id" text, "sku" text, "title" text, "description" text, "priceMinor" int, "lowStockLevel" int, "onHand" int
    )
    ON CONFLICT ("accountId", "sku") DO NOTHING`
  if (inserted < rows.length) throw new SkuTakenError('an SKU was taken meanwhile')
}

/** An edit like any other: whoever has a product's form open is told that it has changed. */
function update(tx: Tx, changed: (Columns & { id: string })[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Product" AS product
    SET "title" = given."title", "description" = given."description", "priceMinor" = given."priceMinor",
      "lowStockLevel" = given."lowStockLevel",
      "updatedAt" = greatest(${now()}::timestamptz, product."updatedAt" + interval '1 millisecond')
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS given (
      "id" text, "title" text, "description" text, "priceMinor" int, "lowStockLevel" int
    )
    WHERE product."id" = given."id"`
}
