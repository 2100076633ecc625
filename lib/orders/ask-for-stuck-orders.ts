import { now } from '../clock'
import { db } from '../db'
import { publishAll } from '../outbox/publish'
import { listLingeringOrders } from './list-lingering-orders'
import { STUCK_ORDER_LIMITS, stuckOrders } from './stuck-orders'

/**
 * Asks for the settlement of every order that is stuck, once a day for each. One that was only placed, and that no run can be
 * working on any more, ends as failed; whose end was decided on ends so.
 * @returns how many are stuck.
 */
export async function askForStuckOrders(): Promise<number> {
  const at = now()
  const lingering = await listLingeringOrders(new Date(at.getTime() - STUCK_ORDER_LIMITS.endingMs))
  const stuck = stuckOrders(lingering, { at, realAt: new Date() })
  const day = at.toISOString().slice(0, 10)
  const events = stuck.map(({ id, endingAs }) => ({
    name: 'order/settlement-requested' as const,
    id: `order-settlement/${id}/stuck/${day}`,
    data: { orderId: id, ...(endingAs ? {} : { endingAs: 'failed' as const }) },
  }))
  if (events.length > 0) await db().$transaction((tx) => publishAll(tx, events))
  return stuck.length
}
