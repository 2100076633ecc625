import type { Tx } from '../db'
import { lockStock, type Movement, moveStock } from './move-stock'

/** What the ledger says of one product of an order: pieces promised to it, and pieces gone to its customer. */
export type OrderStock = { productId: string; reserved: number; sold: number }

/** An order of a shop. Whoever moves its stock holds its row, so that two verbs of one order take turns. */
export type StockedOrder = { accountId: string; orderId: string }

/** What of an order is reserved and sold, by the ledger; products of which nothing is any more are told with zeros. */
export function readOrderStock(tx: Tx, orderId: string): Promise<OrderStock[]> {
  return tx.$queryRaw<OrderStock[]>`
    SELECT "productId", sum("reservedDelta")::int AS "reserved", -sum("onHandDelta")::int AS "sold"
    FROM "StockMovement" WHERE "orderId" = ${orderId} GROUP BY "productId" ORDER BY "productId"`
}

/** Gives back all that an order has reserved. Done again, it does nothing. @returns what the order then has. */
export const releaseStock = (tx: Tx, order: StockedOrder): Promise<OrderStock[]> =>
  moveOrder(tx, order, 'release', ({ productId, reserved }) =>
    reserved > 0 ? { productId, kind: 'released', reservedDelta: -reserved } : null,
  )

/** Takes all that an order has reserved out of the house. Done again, it does nothing. @returns what the order then has. */
export const sellStock = (tx: Tx, order: StockedOrder): Promise<OrderStock[]> =>
  moveOrder(tx, order, 'sell', ({ productId, reserved }) =>
    reserved > 0 ? { productId, kind: 'sold', onHandDelta: -reserved, reservedDelta: -reserved } : null,
  )

/** Takes all that an order was sold into the house again. Done again, it does nothing. @returns what the order then has. */
export const returnStock = (tx: Tx, order: StockedOrder): Promise<OrderStock[]> =>
  moveOrder(tx, order, 'return', ({ productId, sold }) =>
    sold > 0 ? { productId, kind: 'returned', onHandDelta: sold } : null,
  )

async function moveOrder(
  tx: Tx,
  { accountId, orderId }: StockedOrder,
  act: 'release' | 'sell' | 'return',
  movementOf: (stock: OrderStock) => Omit<Movement, 'key' | 'orderId'> | null,
): Promise<OrderStock[]> {
  const productIds = (await readOrderStock(tx, orderId)).map(({ productId }) => productId)
  const locked = await lockStock(tx, { accountId, productIds })
  // Read anew under the lock: what was read before it may have been done by somebody else meanwhile.
  const movements = (await readOrderStock(tx, orderId)).flatMap((stock) => {
    const movement = locked.has(stock.productId) ? movementOf(stock) : null
    return movement ? [{ ...movement, key: `order/${orderId}/${act}/${movement.productId}`, orderId }] : []
  })
  await moveStock(tx, movements)
  return readOrderStock(tx, orderId)
}
