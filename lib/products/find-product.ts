import type { Actor } from '../auth/actor'
import { db } from '../db'
import type { Product } from '../db/generated/client'
import { isId } from '../is-id'

export type { Product }

/** One of the actor's products, archived or not; null when their shop has none of this id. */
export async function findProduct({ account }: Pick<Actor, 'account'>, id: string): Promise<Product | null> {
  return isId(id) ? db().product.findUnique({ where: { id, accountId: account.id } }) : null
}
