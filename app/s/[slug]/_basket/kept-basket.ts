import { type BasketItem, readItems } from './items'

const basketKey = (slug: string) => `backroom-basket/${slug}`
const orderedKey = (slug: string) => `backroom-ordered/${slug}`

/** What a browser that keeps nothing has in its baskets, until the page is left. */
const unkept = new Map<string, string>()
const listeners = new Set<() => void>()
const read = new Map<string, { text: string | null; items: BasketItem[] }>()

/** What is in the basket of a shop; the same list as long as nothing changes. */
export function keptItems(slug: string): BasketItem[] {
  const text = textAt(basketKey(slug))
  const known = read.get(slug)
  if (known && known.text === text) return known.items
  const items = readItems(text)
  read.set(slug, { text, items })
  return items
}

export function keepItems(slug: string, items: readonly BasketItem[]): void {
  keep(basketKey(slug), JSON.stringify(items))
  for (const listener of listeners) listener()
}

/** Hears of every change, in other tabs too. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Remembers which order the basket has become; it stays until that is confirmed. */
export function noteOrdered(slug: string, publicId: string): void {
  keep(orderedKey(slug), `${publicId} ${textAt(basketKey(slug))}`)
}

/** Empties the basket that an order was made of, if it is still the same. */
export function emptyOrdered(slug: string, publicId: string): void {
  if (textAt(orderedKey(slug)) !== `${publicId} ${textAt(basketKey(slug))}`) return
  keep(orderedKey(slug), '')
  keepItems(slug, [])
}

function textAt(key: string): string | null {
  try {
    return unkept.get(key) ?? localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
    unkept.delete(key)
  } catch {
    unkept.set(key, text)
  }
}
