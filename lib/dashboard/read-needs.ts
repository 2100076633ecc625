import type { Actor } from '../auth/actor'
import { db } from '../db'

const MINUTE_MS = 60_000
/** An order takes a second; by then something is in its way. */
const STUCK_AFTER_MS = 15 * MINUTE_MS
/** What nobody has looked after in so long is no news any more. */
const NEWS_MS = 7 * 24 * 60 * MINUTE_MS

/** What of a shop its owner has to look after. */
export type ShopNeeds = {
  /** Could not be brought to their end, in the last seven days. */
  failedOrders: number
  /** Have been worked on for a quarter of an hour. */
  stuckOrders: number
  /** Were cancelled or are to be refunded, and have not come to their end in a quarter of an hour; and one of them. */
  unsettledOrders: { count: number; id: string | null }
  /** Files that could not be read on, in the last seven days; and the latest of them. */
  failedImports: { count: number; id: string | null }
  /** Pictures that could not be made ready; and a product of which one is. */
  failedImages: { count: number; productId: string | null }
}

/**
 * What in the actor's shop waits for its owner.
 * @param now business time.
 */
export async function readNeeds({ account }: Pick<Actor, 'account'>, now: Date): Promise<ShopNeeds> {
  const accountId = account.id
  const since = new Date(now.getTime() - NEWS_MS)
  const stuckBefore = new Date(now.getTime() - STUCK_AFTER_MS)
  const badImports = { accountId, status: 'failed' as const, createdAt: { gte: since } }
  const unsettled = {
    ...{ accountId, status: 'confirmed' as const, endingAs: { not: null }, endedAt: null },
    cancelRequestedAt: { lt: stuckBefore },
  }
  const [failedOrders, stuckOrders, unsettledOrders, failedImports, lastImport, failedImages] = await Promise.all([
    db().order.count({ where: { accountId, status: 'failed', endedAt: { gte: since } } }),
    db().order.count({ where: { accountId, status: 'placed', placedAt: { lt: stuckBefore } } }),
    db().order.aggregate({ where: unsettled, _count: true, _max: { id: true } }),
    db().productImport.count({ where: badImports }),
    db().productImport.findFirst({ where: badImports, orderBy: { createdAt: 'desc' }, select: { id: true } }),
    db().productImage.aggregate({ where: { accountId, status: 'failed' }, _count: true, _max: { productId: true } }),
  ])
  return {
    failedOrders,
    stuckOrders,
    unsettledOrders: { count: unsettledOrders._count, id: unsettledOrders._max.id },
    failedImports: { count: failedImports, id: lastImport?.id ?? null },
    failedImages: { count: failedImages._count, productId: failedImages._max.productId },
  }
}
