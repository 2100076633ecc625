import type { LingeringOrder } from './list-lingering-orders'

const HOUR_MS = 3_600_000

export const STUCK_ORDER_LIMITS = {
  /** The run that works on an order is ended after 24 hours, and then asks for its settlement. */
  placedMs: 25 * HOUR_MS,
  /** Settling tries for about two hours. */
  endingMs: 3 * HOUR_MS,
} as const

/** An event that was written so short a time ago, real time, may not have got to the server yet. */
const JUST_ASKED_MS = 10 * 60_000

type Instants = { at: Date; realAt: Date }

/**
 * Those of a few orders that are stuck at an instant. Pure.
 * @param isTold it is known already that there are some: then one that is being settled counts until it has ended, so that
 *   nobody is told in between that all is well.
 */
export function stuckOrders(
  orders: readonly LingeringOrder[],
  instants: Instants,
  { isTold = false }: { isTold?: boolean } = {},
): LingeringOrder[] {
  const { placedMs, endingMs } = STUCK_ORDER_LIMITS
  return orders.filter((order) => {
    const limitMs = order.endingAs ? endingMs : placedMs
    if (instants.at.getTime() - order.since.getTime() < limitMs) return false
    return isTold || !isBeingSettled(order, instants)
  })
}

function isBeingSettled({ askedAt, settlingSince }: LingeringOrder, { at, realAt }: Instants): boolean {
  if (askedAt && realAt.getTime() - askedAt.getTime() < JUST_ASKED_MS) return true
  return settlingSince !== null && at.getTime() - settlingSince.getTime() < STUCK_ORDER_LIMITS.endingMs
}
