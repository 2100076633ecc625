import type { Tx } from '../db'
import type { Order } from '../db/generated/client'
import { publish } from '../outbox/publish'
import { canBecome, type SettledStatus } from './statuses'

/**
 * Writes down what an order is to end as, and asks for it to be settled, in the caller's transaction, which holds the
 * order's row. What was decided first stands; an order that is over, or can't end so, stays as it is.
 * @param columns what else is to be written with it.
 * @returns whether it was decided now.
 */
export async function endAs(
  tx: Tx,
  order: Pick<Order, 'id' | 'status' | 'endingAs'>,
  endingAs: SettledStatus,
  columns: { cancelRequestedAt?: Date } = {},
): Promise<boolean> {
  if (order.endingAs || !canBecome(order.status, endingAs)) return false
  await tx.order.update({ where: { id: order.id }, data: { ...columns, endingAs } })
  await askForSettlement(tx, order.id, endingAs)
  return true
}

/** @param reason of which there is one for an order: asked for twice, it is settled once. */
export async function askForSettlement(tx: Tx, orderId: string, reason: string): Promise<void> {
  await publish(tx, {
    name: 'order/settlement-requested',
    id: `order-settlement/${orderId}/${reason}`,
    data: { orderId },
  })
}
