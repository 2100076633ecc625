import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Order } from '../db/generated/client'
import { isId } from '../is-id'
import { publish } from '../outbox/publish'
import { endAs } from './end-as'
import { withOrder } from './lock-order'
import { isOver } from './statuses'

/** `cancelling`: what was charged or reserved is being given back. */
export type CancelRequested = { ok: true; status: 'cancelled' | 'cancelling' } | { ok: false; message: string }

const UNKNOWN: CancelRequested = { ok: false, message: 'There is no such order.' }

/** Cancels an order by the link to its page, at any moment before it has ended. Asked for again, it does nothing. */
export async function cancelOrderByLink(publicId: string): Promise<CancelRequested> {
  const order = isId(publicId) ? await db().order.findUnique({ where: { publicId }, select: { id: true } }) : null
  return order ? cancel(order.id) : UNKNOWN
}

/** Cancels one of the orders of the actor's shop, at any moment before it has ended. Asked for again, it does nothing. */
export async function cancelOrder({ account }: Pick<Actor, 'account'>, orderId: string): Promise<CancelRequested> {
  const where = { id: orderId, accountId: account.id }
  const order = isId(orderId) ? await db().order.findUnique({ where, select: { id: true } }) : null
  return order ? cancel(order.id) : UNKNOWN
}

function cancel(orderId: string): Promise<CancelRequested> {
  return withOrder(orderId, async (tx, order) => {
    const { status, endingAs } = order
    if (status === 'cancelled') return { ok: true, status }
    if (endingAs === 'cancelled') return { ok: true, status: 'cancelling' }
    if (isOver(status) || endingAs) return { ok: false, message: 'This order has ended already.' }
    return status === 'awaitingCard' ? cancelUnplaced(tx, order) : cancelPlaced(tx, order)
  })
}

/** Nothing was reserved or charged for it; a card that is given from now on is not taken. */
async function cancelUnplaced(tx: Tx, { id }: Order): Promise<CancelRequested> {
  const at = now()
  await tx.order.update({
    where: { id },
    data: { status: 'cancelled', endingAs: 'cancelled', cancelRequestedAt: at, endedAt: at },
  })
  return { ok: true, status: 'cancelled' }
}

async function cancelPlaced(tx: Tx, order: Order): Promise<CancelRequested> {
  await endAs(tx, order, 'cancelled', { cancelRequestedAt: now() })
  await publish(tx, {
    name: 'order/cancel-requested',
    id: `order-cancel-requested/${order.id}`,
    data: { orderId: order.id },
  })
  return { ok: true, status: 'cancelling' }
}
