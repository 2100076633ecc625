import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db, isUniqueViolation } from '../db'
import { columnsOf, type ProductForm, type ProductRefused, UNKNOWN_PRODUCT } from './fields'
import { findProduct } from './find-product'
import { takenSku } from './taken-sku'

/** With the instant of the change, by which the next one is told from a stale one. */
export type ProductUpdated = { ok: true; updatedAt: Date } | ProductRefused

const STALE: ProductRefused = {
  ok: false,
  message:
    'This product was changed after you opened it, and nothing of yours was saved. Reload the page to see the change, then make yours again.',
}

/**
 * Changes what one of the actor's products is; its stock changes by movements alone.
 * @param seenAt the product's `updatedAt` when the form was filled in: a change that was made since is not written over.
 */
export async function updateProduct(
  actor: Pick<Actor, 'account'>,
  id: string,
  form: ProductForm & { seenAt: Date },
): Promise<ProductUpdated> {
  const product = await findProduct(actor, id)
  if (!product) return UNKNOWN_PRODUCT
  const seenAt = product.updatedAt
  if (form.seenAt.getTime() !== seenAt.getTime()) return STALE
  const read = columnsOf(form, product.currency)
  if (!read.ok) return read
  const updatedAt = after(seenAt)
  try {
    const { count } = await db().product.updateMany({
      where: { id, accountId: actor.account.id, updatedAt: seenAt },
      data: { ...read.columns, updatedAt },
    })
    return count === 1 ? { ok: true, updatedAt } : STALE
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return takenSku(actor, form.sku)
  }
}

/** Now, but later than the change before: two within a millisecond must be told apart. */
function after(before: Date): Date {
  return new Date(Math.max(now().getTime(), before.getTime() + 1))
}
