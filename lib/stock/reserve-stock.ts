import type { Tx } from '../db'
import { lockStock, moveStock, type Stock } from './move-stock'
import { readOrderStock, type StockedOrder } from './order-stock'

export type Item = { productId: string; quantity: number }

/** An item of which there is not enough. */
export type Shortage = { productId: string; wanted: number; available: number }

export type Reservation =
  | { ok: true }
  /** Nothing was reserved. */
  | { ok: false; why: 'short'; short: Shortage[] }
  /** The order had its stock, and has given it back: an order is reserved for once. */
  | { ok: false; why: 'released' }

/**
 * Reserves all of an order's items, or nothing, in the caller's transaction, which holds the order's row. Done again, it
 * does nothing and answers the same. A product that is archived counts by its stock alone: whether it may be ordered was
 * decided when it was; one of another shop is not there.
 * @throws RangeError for an order without items, or a quantity that is no whole number from 1.
 */
export async function reserveStock(
  tx: Tx,
  { accountId, orderId, items }: StockedOrder & { items: readonly Item[] },
): Promise<Reservation> {
  const wanted = quantitiesOf(items)
  const stock = await lockStock(tx, { accountId, productIds: [...wanted.keys()] })
  const before = await readOrderStock(tx, orderId)
  if (before.length > 0) {
    const isHeld = before.some(({ reserved, sold }) => reserved > 0 || sold > 0)
    return isHeld ? { ok: true } : { ok: false, why: 'released' }
  }
  const short = shortagesOf(wanted, stock)
  if (short.length > 0) return { ok: false, why: 'short', short }
  const movements = [...wanted].map(([productId, quantity]) => ({
    ...{ productId, kind: 'reserved' as const, reservedDelta: quantity, orderId },
    key: `order/${orderId}/reserve/${productId}`,
  }))
  await moveStock(tx, movements)
  return { ok: true }
}

/** The same product twice is one product. Pure. */
function quantitiesOf(items: readonly Item[]): Map<string, number> {
  if (items.length === 0) throw new RangeError('An order without items reserves nothing.')
  const wanted = new Map<string, number>()
  for (const { productId, quantity } of items) {
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`${quantity} is no quantity.`)
    wanted.set(productId, (wanted.get(productId) ?? 0) + quantity)
  }
  return wanted
}

/** Of which products more is wanted than is there. Pure. */
function shortagesOf(wanted: ReadonlyMap<string, number>, stock: ReadonlyMap<string, Stock>): Shortage[] {
  return [...wanted]
    .map(([productId, quantity]) => {
      const found = stock.get(productId)
      return { productId, wanted: quantity, available: found ? found.onHand - found.reserved : 0 }
    })
    .filter((item) => item.wanted > item.available)
}
