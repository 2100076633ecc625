import { MOST_ITEMS, MOST_PIECES } from '@/lib/orders/basket-limits'

/** One thing in a basket, with its name and price as they were when it was chosen. */
export type BasketItem = { productId: string; quantity: number; title: string; priceMinor: number; currency: string }

/** What a browser has kept as a basket. Whatever is not as it should be is as if it were not there. Pure. */
export function readItems(text: string | null): BasketItem[] {
  const kept = jsonOf(text)
  const items = (Array.isArray(kept) ? kept : []).filter(isItem)
  const first = items.filter(({ productId }, at) => items.findIndex((other) => other.productId === productId) === at)
  return first.slice(0, MOST_ITEMS).map(({ productId, quantity, title, priceMinor, currency }) => ({
    ...{ productId, quantity, title, priceMinor, currency },
  }))
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]')
  } catch {
    return []
  }
}

function isItem(value: unknown): value is BasketItem {
  const { productId, quantity, title, priceMinor, currency } = (value ?? {}) as Record<string, unknown>
  return (
    typeof productId === 'string' &&
    /^[\w-]{1,64}$/.test(productId) &&
    isWhole(quantity) &&
    quantity >= 1 &&
    quantity <= MOST_PIECES &&
    typeof title === 'string' &&
    isWhole(priceMinor) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency)
  )
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** How many pieces are in it. Pure. */
export function piecesOf(items: readonly BasketItem[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** How many pieces of a product are in it. Pure. */
export function piecesOfProduct(items: readonly BasketItem[], productId: string): number {
  return items.find((item) => item.productId === productId)?.quantity ?? 0
}

/** With more of a product in it; null where there is no room for another one. Pure. */
export function withMore(items: readonly BasketItem[], more: BasketItem): BasketItem[] | null {
  const quantity = Math.min(MOST_PIECES, piecesOfProduct(items, more.productId) + more.quantity)
  const isKnown = items.some(({ productId }) => productId === more.productId)
  if (isKnown) return items.map((item) => (item.productId === more.productId ? { ...more, quantity } : item))
  return items.length < MOST_ITEMS ? [...items, more] : null
}

/** With so many pieces of a product in it; with none, it is out. Pure. */
export function withQuantity(items: readonly BasketItem[], productId: string, quantity: number): BasketItem[] {
  return items.flatMap((item) => {
    if (item.productId !== productId) return [item]
    return quantity >= 1 ? [{ ...item, quantity: Math.min(MOST_PIECES, quantity) }] : []
  })
}
