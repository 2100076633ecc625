import type { Tx } from '../db'
import { type ImportRow, type Reject, rejectOf } from './check-row'

/**
 * Notes in which row of a file each SKU comes first, in the caller's transaction. The first row of an SKU is the one that
 * counts, so that the same file twice comes to the same.
 * @returns the rows that count, and the others as bad ones.
 */
export async function claimSkus(
  tx: Tx,
  importId: string,
  rows: readonly ImportRow[],
): Promise<{ first: ImportRow[]; rejects: Reject[] }> {
  const claims = new Map<string, number>()
  for (const { sku, rowNumber } of rows) if (!claims.has(sku)) claims.set(sku, rowNumber)
  const given = JSON.stringify([...claims].map(([sku, rowNumber]) => ({ sku, rowNumber })))
  const inserted = await tx.$executeRaw`
    INSERT INTO "ProductImportSku" ("importId", "sku", "rowNumber")
    SELECT ${importId}, given."sku", given."rowNumber"
    FROM jsonb_to_recordset(${given}::jsonb) AS given ("sku" text, "rowNumber" int)
    ON CONFLICT ("importId", "sku") DO NOTHING`
  if (inserted < claims.size)
    for (const [sku, row] of await claimed(tx, importId, [...claims.keys()])) claims.set(sku, row)
  return {
    first: rows.filter(({ sku, rowNumber }) => claims.get(sku) === rowNumber),
    rejects: rows.flatMap((row) => (claims.get(row.sku) === row.rowNumber ? [] : [again(row, claims.get(row.sku))])),
  }
}

async function claimed(tx: Tx, importId: string, skus: string[]): Promise<[string, number][]> {
  const rows = await tx.productImportSku.findMany({ where: { importId, sku: { in: skus } } })
  return rows.map(({ sku, rowNumber }) => [sku, rowNumber])
}

function again(row: ImportRow, first: number | undefined): Reject {
  return rejectOf(row, 'sku', `Row ${first} has this SKU already; the first one counts.`)
}
