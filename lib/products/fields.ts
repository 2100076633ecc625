import { z } from 'zod'
import { parseMoney } from '../money/parse-money'
import { quantityField } from '../stock/quantity-field'
import { lineField, textField } from '../text-fields'

export const skuField = lineField('an SKU', 64)
export const titleField = lineField('a title', 200)
export const descriptionField = textField('a description', 5_000)

/** What an owner fills in for a product. The price is a text: what it is worth, the shop's currency says. */
export const productForm = z.object({
  sku: skuField,
  title: titleField,
  description: descriptionField.default(''),
  price: z.string('Write an amount such as 12.50.').trim().min(1, 'Enter a price.').max(40, 'Write a shorter amount.'),
  lowStockLevel: quantityField,
})

/** A new product may come with stock. */
export const newProductForm = productForm.extend({ onHand: quantityField })

export type ProductForm = z.infer<typeof productForm>
export type NewProductForm = z.infer<typeof newProductForm>

/** Why nothing was done: what is wrong with each field, or what stands against the whole. */
export type ProductRefused = { ok: false; message: string; fields?: Record<string, string> }

export const UNKNOWN_PRODUCT: ProductRefused = { ok: false, message: 'There is no such product.' }

/** The columns that a form fills in, its price read in a currency; or what is wrong with it. Pure. */
export function columnsOf(form: ProductForm, currency: string) {
  const { sku, title, description, lowStockLevel } = form
  const price = parseMoney(form.price, currency)
  if (!price.ok) return refusedField('price', price.problem)
  return { ok: true as const, columns: { sku, title, description, lowStockLevel, priceMinor: price.minor } }
}

/** One field is wrong. */
export function refusedField(name: string, problem: string): ProductRefused {
  return { ok: false, message: problem, fields: { [name]: problem } }
}
