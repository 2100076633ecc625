import type { Actor } from '../auth/actor'
import { db } from '../db'

/** How far a new shop has come. */
export type FirstSteps = { hasProducts: boolean; hasPictures: boolean; hasOrders: boolean }

/** What of the first steps the actor's shop has taken. */
export async function readFirstSteps({ account }: Pick<Actor, 'account'>): Promise<FirstSteps> {
  const where = { accountId: account.id }
  const [product, picture, order] = await Promise.all([
    db().product.findFirst({ where, select: { id: true } }),
    db().productImage.findFirst({ where, select: { id: true } }),
    db().order.findFirst({ where: { ...where, placedAt: { not: null } }, select: { id: true } }),
  ])
  return { hasProducts: product !== null, hasPictures: picture !== null, hasOrders: order !== null }
}
