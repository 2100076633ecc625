import { randomUUID } from 'node:crypto'
import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db, isUniqueViolation } from '../db'
import { columnsOf, type NewProductForm, type ProductRefused } from './fields'
import { takenSku } from './taken-sku'

export type ProductCreated = { ok: true; productId: string } | ProductRefused

/** Adds a product to the actor's shop, in the shop's currency. The stock that it comes with is its first movement. */
export async function createProduct(actor: Pick<Actor, 'account'>, form: NewProductForm): Promise<ProductCreated> {
  const { id: accountId, currency } = actor.account
  const read = columnsOf(form, currency)
  if (!read.ok) return read
  const [id, at] = [randomUUID(), now()]
  try {
    const { onHand } = form
    await db().product.create({
      data: { ...read.columns, id, accountId, currency, onHand, createdAt: at, updatedAt: at },
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return takenSku(actor, form.sku)
  }
  return { ok: true, productId: id }
}
