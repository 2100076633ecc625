'use client'

import { useCallback, useEffect, useState } from 'react'
import type { PricedBasket } from '@/lib/storefront/price-basket'
import type { BasketItem } from './items'

type Answer = { asked: string; basket: PricedBasket } | { asked: string; problem: string }

export type BasketPrices = {
  /** The latest answer, which may be of the basket as it was a moment ago. */
  basket: PricedBasket | null
  /** Why there is none. */
  problem: string | null
  /** It is of the basket as it is. */
  isCurrent: boolean
  askAgain: () => void
}

/** Asks the shop for the prices of this moment of what is in a basket, and again after each change. */
export function usePricedBasket(slug: string, items: readonly BasketItem[] | null): BasketPrices {
  const [answer, setAnswer] = useState<Answer>()
  const [latest, setLatest] = useState<PricedBasket | null>(null)
  const [tries, setTries] = useState(0)
  const asked = JSON.stringify({
    shop: slug,
    items: (items ?? []).map(({ productId, quantity }) => ({ productId, quantity })),
  })
  const isEmpty = !items || items.length === 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: each press of “Try again” asks anew
  useEffect(() => {
    if (isEmpty) return
    const abort = new AbortController()
    void ask(asked, abort.signal).then((got) => {
      if (abort.signal.aborted) return
      setAnswer(got)
      if ('basket' in got) setLatest(got.basket)
    })
    return () => abort.abort()
  }, [asked, isEmpty, tries])

  return {
    basket: latest,
    problem: answer && answer.asked === asked && 'problem' in answer ? answer.problem : null,
    isCurrent: answer?.asked === asked && 'basket' in answer,
    askAgain: useCallback(() => setTries((before) => before + 1), []),
  }
}

async function ask(asked: string, signal: AbortSignal): Promise<Answer> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch('/api/baskets', { method: 'POST', headers, body: asked, signal })
    if (response.ok) return { asked, basket: (await response.json()) as PricedBasket }
    return { asked, problem: ((await response.json()) as { title: string }).title }
  } catch {
    return { asked, problem: 'The shop could not be reached. Look at your connection and try again.' }
  }
}
