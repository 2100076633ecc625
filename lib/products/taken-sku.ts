import type { Actor } from '../auth/actor'
import { db } from '../db'
import { type ProductRefused, refusedField } from './fields'

/** Says which product of the actor's shop has an SKU that another one was to get. */
export async function takenSku({ account }: Pick<Actor, 'account'>, sku: string): Promise<ProductRefused> {
  const other = await db().product.findUnique({ where: { accountId_sku: { accountId: account.id, sku } } })
  const archived = other?.archivedAt ? ', which is archived,' : ''
  return refusedField('sku', `“${other?.title ?? 'Another product'}”${archived} has this SKU.`)
}
