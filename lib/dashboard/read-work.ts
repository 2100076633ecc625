import type { Actor } from '../auth/actor'
import { db } from '../db'

/** What is being done for a shop at this moment: how many, and one of those that have a page of their own. */
export type ShopWork = {
  /** A card was given, and it is being charged. */
  ordersInProcess: number
  /** What was charged or reserved is being given back. */
  ordersBeingEnded: number
  imports: { count: number; id: string | null }
  bulkUpdates: { count: number; id: string | null }
  /** Pictures; and a product of which one is. */
  images: { count: number; productId: string | null }
}

/** The work under way for the actor's shop. */
export async function readWork({ account }: Pick<Actor, 'account'>): Promise<ShopWork> {
  const accountId = account.id
  const [ordersInProcess, ordersBeingEnded, imports, bulkUpdates, images] = await Promise.all([
    db().order.count({ where: { accountId, status: 'placed', endingAs: null } }),
    db().order.count({ where: { accountId, endingAs: { not: null }, endedAt: null } }),
    db().productImport.aggregate({
      where: { accountId, status: { in: ['uploaded', 'running'] } },
      ...{ _count: true, _max: { id: true } },
    }),
    db().bulkUpdate.aggregate({ where: { accountId, status: 'running' }, _count: true, _max: { id: true } }),
    db().productImage.aggregate({
      where: { accountId, status: { in: ['uploaded', 'queued', 'processing'] } },
      ...{ _count: true, _max: { productId: true } },
    }),
  ])
  return {
    ordersInProcess,
    ordersBeingEnded,
    imports: { count: imports._count, id: imports._max.id },
    bulkUpdates: { count: bulkUpdates._count, id: bulkUpdates._max.id },
    images: { count: images._count, productId: images._max.productId },
  }
}
