import type { Books } from './books'
import { GOOD_ROWS } from './catalogue'
import { type Fact, fact } from './fact'
import { OUTCOMES } from './orders'

/** Catalogue, orders and stock. What was sold is counted from the orders, and not from the ledger that is held against it. */
export async function checkShop(books: Books): Promise<Fact[]> {
  return [
    fact('Rows of the file', { read: 1_000, created: GOOD_ROWS, bad: 3 }, await rowsOfFile(books)),
    fact('Widths of the picture', [320, 960, 1600], await books.value('SELECT widths FROM "ProductImage"')),
    fact('Orders by outcome', OUTCOMES, await outcomes(books)),
    fact('Products where stock + reserved = received − sold', GOOD_ROWS, await books.value(BALANCED)),
    fact('Products whose stock is the sum of its movements', GOOD_ROWS, await books.value(SUMMED)),
    fact('Pieces that are still reserved', 0, await books.value('SELECT sum(reserved)::int FROM "Product"')),
  ]
}

async function rowsOfFile(books: Books): Promise<Record<string, number>> {
  const [file] = await books.rows('SELECT "rowsRead" AS read, created, bad FROM "ProductImport"')
  return file ?? {}
}

const outcomes = (books: Books) =>
  books.counts('SELECT status::text AS name, count(*)::int AS n FROM "Order" GROUP BY 1 ORDER BY 1')

const BALANCED = `
  SELECT count(*)::int FROM "Product" AS product
  WHERE available + reserved = (
    SELECT coalesce(sum("onHandDelta"), 0) FROM "StockMovement"
    WHERE "productId" = product.id AND kind IN ('opening', 'received', 'adjusted', 'imported')
  ) - (
    SELECT coalesce(sum(quantity), 0) FROM "OrderItem" JOIN "Order" ON "Order".id = "orderId"
    WHERE "productId" = product.id AND status = 'confirmed'
  )`

const SUMMED = `
  SELECT count(*)::int FROM "Product" AS product
  WHERE (available + reserved, reserved) = (
    SELECT coalesce(sum("onHandDelta"), 0), coalesce(sum("reservedDelta"), 0)
    FROM "StockMovement" WHERE "productId" = product.id
  )`
