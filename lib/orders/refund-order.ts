import type { Actor } from '../auth/actor'
import { db } from '../db'
import { isId } from '../is-id'
import { endAs } from './end-as'
import { withOrder } from './lock-order'

export type RefundRequested = { ok: true } | { ok: false; message: string }

/**
 * Gives the whole of a confirmed order of the actor's shop back: its money to the customer, its pieces to the stock. Asked
 * for again, it does nothing.
 */
export async function refundOrder({ account }: Pick<Actor, 'account'>, orderId: string): Promise<RefundRequested> {
  const where = { id: orderId, accountId: account.id }
  const found = isId(orderId) ? await db().order.findUnique({ where, select: { id: true } }) : null
  if (!found) return { ok: false, message: 'There is no such order.' }
  return withOrder(orderId, async (tx, order) => {
    if (order.endingAs === 'refunded') return { ok: true }
    if (await endAs(tx, order, 'refunded')) return { ok: true }
    return { ok: false, message: 'Only an order that is confirmed can be refunded.' }
  })
}
