import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db } from '../db'
import { isId } from '../is-id'
import { textField } from '../text-fields'
import { lockStock, type Movement, moveStock, type Stock } from './move-stock'
import { quantityField } from './quantity-field'

/** What has happened to pieces of a product, as its owner says it. */
export const stockChanges = ['received', 'removed', 'counted'] as const

export const stockForm = z.object({
  change: z.enum(stockChanges, 'Choose what has happened.'),
  quantity: quantityField,
  note: textField('a note', 200).default(''),
  /** Of the form that was filled in: sent twice, it is one change. */
  formId: z.uuid('The form is not complete. Reload the page.'),
})

export type StockForm = z.infer<typeof stockForm>

export type StockAdjusted =
  | { ok: true; onHand: number }
  | { ok: false; message: string; fields?: Record<string, string> }

/** Far below what the column can hold. */
const MOST_ON_HAND = 10_000_000

/** Changes what is on hand of one of the actor's products, by what they say has happened. */
export function adjustStock(actor: Pick<Actor, 'account'>, productId: string, form: StockForm): Promise<StockAdjusted> {
  const key = `stock-form/${form.formId}/${productId}`
  return db().$transaction(async (tx) => {
    const accountId = actor.account.id
    const stock = isId(productId) && (await lockStock(tx, { accountId, productIds: [productId] })).get(productId)
    if (!stock) return { ok: false, message: 'There is no such product.' }
    if (await tx.stockMovement.findUnique({ where: { key } })) return { ok: true, onHand: stock.onHand }
    const problem = problemOf(form, stock)
    if (problem) return { ok: false, message: problem, fields: { quantity: problem } }
    const delta = deltaOf(form, stock)
    const note = form.note || undefined
    if (delta !== 0) await moveStock(tx, [{ productId, kind: kindOf(form), onHandDelta: delta, key, note }])
    return { ok: true, onHand: stock.onHand + delta }
  })
}

const kindOf = ({ change }: StockForm): Movement['kind'] => (change === 'received' ? 'received' : 'adjusted')

function deltaOf({ change, quantity }: StockForm, { onHand }: Stock): number {
  if (change === 'counted') return quantity - onHand
  return change === 'received' ? quantity : -quantity
}

/** Why a change can't be, in words for its owner. Pure. */
function problemOf(form: StockForm, stock: Stock): string | null {
  const { onHand, reserved } = stock
  if (form.change !== 'counted' && form.quantity === 0) return 'Say how many; 1 at least.'
  const after = onHand + deltaOf(form, stock)
  if (after < 0) return `No more than ${onHand} can be removed: that is all there is.`
  if (after < reserved) return `${reserved} of ${onHand} are reserved for orders. No fewer can be on hand.`
  if (after > MOST_ON_HAND) return `No more than ${MOST_ON_HAND} of a product can be on hand.`
  return null
}
