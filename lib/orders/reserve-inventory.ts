import { reserveStock } from '../stock/reserve-stock'
import { endAs } from './end-as'
import { isUnderWay, withOrder } from './lock-order'

export type InventoryReserved =
  | { ok: true }
  /** The order is to end, or has ended, as this. */
  | { ok: false; why: string }

/**
 * Reserves all of an order's items; or, where one is sold out, none, and the order is to end so. Done again, it does
 * nothing and answers the same.
 */
export function reserveInventory(orderId: string): Promise<InventoryReserved> {
  return withOrder(orderId, async (tx, order) => {
    if (order.status === 'confirmed' && !order.endingAs) return { ok: true }
    if (!isUnderWay(order)) return { ok: false, why: order.endingAs ?? order.status }
    const items = await tx.orderItem.findMany({ where: { orderId }, select: { productId: true, quantity: true } })
    const reserved = await reserveStock(tx, { accountId: order.accountId, orderId, items })
    if (reserved.ok) return { ok: true }
    await endAs(tx, order, 'outOfStock')
    return { ok: false, why: 'outOfStock' }
  })
}
