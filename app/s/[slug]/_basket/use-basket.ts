'use client'

import { useSyncExternalStore } from 'react'
import type { BasketItem } from './items'
import { keptItems, onChange } from './kept-basket'

/** What is in the basket of a shop; null until the browser's own code is there, which alone knows. */
export function useBasket(slug: string): BasketItem[] | null {
  return useSyncExternalStore(
    onChange,
    () => keptItems(slug),
    () => null,
  )
}
