import type { Product } from '../db/generated/client'
import { formatMoney } from '../money/format-money'
import { leastChargeOf } from '../money/shop-currencies'
import type { CheckoutItem } from './fields'

type Sold = Pick<Product, 'id' | 'sku' | 'title' | 'priceMinor' | 'currency' | 'available' | 'archivedAt'>

export type PricedItem = {
  position: number
  productId: string
  sku: string
  title: string
  priceMinor: number
  quantity: number
  totalMinor: number
}

export type Priced =
  | { ok: true; items: PricedItem[]; totalMinor: number; currency: string }
  | { ok: false; fields: Record<string, string> }

/** What the payment provider charges at most, in minor units. */
const MOST_TOTAL = 99_999_999

/**
 * Works out what is ordered and what it costs, from the products as they are now. Pure.
 * @param products those of the shop that were found; an archived one can't be ordered.
 * @returns in minor units; or which item is wrong, and why. That there is enough is only a hint here: stock is reserved
 *   later, and what is there may be gone by then.
 */
export function priceItems(wanted: readonly CheckoutItem[], products: readonly Sold[]): Priced {
  const known = new Map(products.filter(({ archivedAt }) => !archivedAt).map((product) => [product.id, product]))
  const quantities = quantitiesOf(wanted)
  const fields: Record<string, string> = {}
  const items: PricedItem[] = []
  for (const [productId, { quantity, at }] of quantities) {
    const product = known.get(productId)
    if (!product) fields[`items.${at}.productId`] = 'This is not sold here any more.'
    else if (product.available < quantity) fields[`items.${at}.quantity`] = leftOf(product)
    else items.push(pricedItem(product, quantity, items.length))
  }
  if (Object.keys(fields).length > 0) return { ok: false, fields }
  return totalOf(items, new Set([...quantities.keys()].map((id) => known.get(id)?.currency ?? '')))
}

function totalOf(items: PricedItem[], currencies: ReadonlySet<string>): Priced {
  const [currency = ''] = currencies
  if (currencies.size > 1) return wrongItems('These are priced in different currencies. Order them one by one.')
  const totalMinor = items.reduce((sum, item) => sum + item.totalMinor, 0)
  const least = leastChargeOf(currency)
  if (totalMinor < least) return wrongItems(`An order comes to ${formatMoney(least, currency)} at least.`)
  if (totalMinor > MOST_TOTAL) return wrongItems(`An order comes to ${formatMoney(MOST_TOTAL, currency)} at most.`)
  return { ok: true, items, totalMinor, currency }
}

const wrongItems = (problem: string): Priced => ({ ok: false, fields: { items: problem } })

function leftOf({ title, available }: Sold): string {
  return available > 0
    ? `Only ${available} of ${title} ${available === 1 ? 'is' : 'are'} left.`
    : `${title} is sold out.`
}

function pricedItem({ id, sku, title, priceMinor }: Sold, quantity: number, position: number): PricedItem {
  return { position, productId: id, sku, title, priceMinor, quantity, totalMinor: priceMinor * quantity }
}

/** The same product twice is one item, at its first place. */
function quantitiesOf(wanted: readonly CheckoutItem[]): Map<string, { quantity: number; at: number }> {
  const quantities = new Map<string, { quantity: number; at: number }>()
  for (const [at, { productId, quantity }] of wanted.entries()) {
    const known = quantities.get(productId)
    quantities.set(productId, { quantity: (known?.quantity ?? 0) + quantity, at: known?.at ?? at })
  }
  return quantities
}
