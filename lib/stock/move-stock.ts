import { now } from '../clock'
import type { Tx } from '../db'
import type { StockMovementKind } from '../db/generated/enums'

/** A line of the stock ledger that is to be written. */
export type Movement = {
  productId: string
  kind: StockMovementKind
  onHandDelta?: number
  reservedDelta?: number
  /** From the business fact and the product, such as `order/<id>/reserve/<productId>`. */
  key: string
  /** Of those that an order makes: reserved, released, sold, returned. */
  orderId?: string
  note?: string | undefined
}

export type Stock = { productId: string; onHand: number; reserved: number }

/**
 * Locks products until the caller's transaction ends, in the order of their ids, in which everybody locks them: so nobody
 * waits in a ring. What is decided on their stock from here on still holds when it is written.
 * @param accountId whose they are; those of another shop are not found.
 * @returns the stock of those that were found.
 */
export async function lockStock(
  tx: Tx,
  { accountId, productIds }: { accountId: string; productIds: readonly string[] },
): Promise<Map<string, Stock>> {
  const rows = await tx.$queryRaw<Stock[]>`
    SELECT "id" AS "productId", "onHand", "reserved" FROM "Product"
    WHERE "id" = ANY(${productIds}) AND "accountId" = ${accountId}
    ORDER BY "id" FOR NO KEY UPDATE`
  return new Map(rows.map((row) => [row.productId, row]))
}

/**
 * Writes movements to the ledger, in the caller's transaction, and so changes the stock: the database adds each to its
 * product. A key that is there already changes nothing.
 * @returns how many were written.
 * @throws what the database says of a movement that would leave less on hand than is reserved, or less than nothing:
 *   whoever writes has looked before, under `lockStock`.
 */
export async function moveStock(tx: Tx, movements: readonly Movement[]): Promise<number> {
  if (movements.length === 0) return 0
  return tx.$executeRaw`
    INSERT INTO "StockMovement" (
      "productId", "accountId", "kind", "onHandDelta", "reservedDelta", "key", "orderId", "note", "at"
    )
    SELECT
      product."id", product."accountId", given."kind"::"stock_movement_kind", coalesce(given."onHandDelta", 0),
      coalesce(given."reservedDelta", 0), given."key", given."orderId", given."note", ${now()}
    FROM jsonb_to_recordset(${JSON.stringify(movements)}::jsonb) AS given (
      "productId" text, "kind" text, "onHandDelta" int, "reservedDelta" int, "key" text, "orderId" text, "note" text
    )
    JOIN "Product" AS product ON product."id" = given."productId"
    ORDER BY product."id"
    ON CONFLICT ("key") DO NOTHING`
}
