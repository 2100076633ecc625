'use server'

import { z } from 'zod'
import { several } from '@/app/_ui/words'
import { removeImage } from '@/lib/images/remove-image'
import { archiveProduct, unarchiveProduct } from '@/lib/products/archive-product'
import { createProduct } from '@/lib/products/create-product'
import { newProductForm, productForm } from '@/lib/products/fields'
import { updateProduct } from '@/lib/products/update-product'
import { adjustStock, stockForm } from '@/lib/stock/adjust-stock'
import { ownerAct } from '../act'
import { productHref } from './addresses'

const one = z.object({ productId: z.string() })

export const create = ownerAct(newProductForm, async (actor, form) => {
  const answer = await createProduct(actor, form)
  if (!answer.ok) return answer
  return { ok: true, message: `${form.title} is in the shop.`, href: productHref(answer.productId) }
})

const edited = one.extend(productForm.shape).extend({
  seenAt: z.iso.datetime('The form is not complete. Reload the page.').transform((text) => new Date(text)),
})

export const save = ownerAct(edited, async (actor, { productId, ...form }) => {
  const answer = await updateProduct(actor, productId, form)
  if (!answer.ok) return answer
  return { ok: true, message: `${form.title} is saved.`, seenAt: answer.updatedAt.toISOString() }
})

export const adjust = ownerAct(one.extend(stockForm.shape), async (actor, { productId, ...form }) => {
  const answer = await adjustStock(actor, productId, form)
  return answer.ok ? { ok: true, message: `${several(answer.onHand, 'piece')} on hand now.` } : answer
})

export const archive = ownerAct(one, async (actor, { productId }) => {
  const answer = await archiveProduct(actor, productId)
  return answer.ok ? { ok: true, message: `${answer.title} is archived.` } : answer
})

export const unarchive = ownerAct(one, async (actor, { productId }) => {
  const answer = await unarchiveProduct(actor, productId)
  return answer.ok ? { ok: true, message: `${answer.title} is in the shop again.` } : answer
})

export const removePicture = ownerAct(z.object({ imageId: z.string() }), async (actor, { imageId }) => {
  const answer = await removeImage(actor, imageId)
  return answer.ok ? { ok: true, message: 'The picture is removed.' } : answer
})
