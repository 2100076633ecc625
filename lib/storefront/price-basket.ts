import type { z } from 'zod'
import { db } from '../db'
import type { Product } from '../db/generated/client'
import { type CheckoutItem, checkoutForm } from '../orders/fields'
import { priceItems } from '../orders/price-items'
import { findShop } from './find-shop'
import { firstPictures, type Picture } from './first-pictures'

/** What a basket asks for: the shop, and what is in it. */
export const basketForm = checkoutForm.pick({ shop: true, items: true })

export type BasketForm = z.infer<typeof basketForm>

/** One thing in a basket as it is now. */
export type BasketLine = {
  productId: string
  quantity: number
  /** Null where it is not sold any more. */
  product: (Pick<Product, 'title' | 'priceMinor' | 'currency' | 'available'> & { picture: Picture | null }) | null
  /** Why it can't be ordered so. */
  problem: string | null
}

export type PricedBasket = {
  /** In the order in which they were asked for. */
  lines: BasketLine[]
  /** Of all lines that are still sold; null where they have no currency in common. */
  total: { minor: number; currency: string } | null
  /** Why they can't be ordered together. */
  problem: string | null
  isOrderable: boolean
}

/**
 * What is in a basket, at the prices of this moment, with what stands against ordering it: the checkout says the same.
 * @returns null where there is no such shop, or it is closed.
 */
export async function priceBasket({ shop: slug, items }: BasketForm): Promise<PricedBasket | null> {
  const shop = await findShop(slug)
  if (!shop?.isOpen) return null
  const ids = items.map(({ productId }) => productId)
  const [products, pictures] = await Promise.all([
    db().product.findMany({ where: { accountId: shop.id, id: { in: ids }, archivedAt: null } }),
    firstPictures(ids),
  ])
  return pricedBasket(items, products, pictures)
}

/** Pure. */
function pricedBasket(
  items: readonly CheckoutItem[],
  products: readonly Product[],
  pictures: ReadonlyMap<string, Picture>,
): PricedBasket {
  const known = new Map(products.map((product) => [product.id, product]))
  const priced = priceItems(items, products)
  const fields = priced.ok ? {} : priced.fields
  const lines = items.map(({ productId, quantity }, at) => ({
    ...{ productId, quantity, product: lineProduct(known.get(productId), pictures) },
    problem: fields[`items.${at}.productId`] ?? fields[`items.${at}.quantity`] ?? null,
  }))
  return { lines, total: totalOf(lines), problem: fields.items ?? null, isOrderable: priced.ok }
}

function lineProduct(product: Product | undefined, pictures: ReadonlyMap<string, Picture>): BasketLine['product'] {
  if (!product) return null
  const { id, title, priceMinor, currency, available } = product
  return { title, priceMinor, currency, available, picture: pictures.get(id) ?? null }
}

function totalOf(lines: readonly BasketLine[]): PricedBasket['total'] {
  const sold = lines.flatMap(({ product, quantity }) => (product ? [{ ...product, quantity }] : []))
  const [currency, ...others] = new Set(sold.map((product) => product.currency))
  if (currency === undefined || others.length > 0) return null
  return { minor: sold.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0), currency }
}
