'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { MOST_ITEMS, MOST_PIECES } from '@/lib/orders/basket-limits'
import { basketHref } from '../../../addresses'
import { type BasketItem, piecesOfProduct, withMore } from '../../_basket/items'
import { keepItems, keptItems } from '../../_basket/kept-basket'
import { useBasket } from '../../_basket/use-basket'
import { QuantityField } from '../../quantity-field'

/** How many, and into the basket with them; no more than there are. */
export function AddToBasket({
  slug,
  product,
  available,
}: {
  slug: string
  product: Omit<BasketItem, 'quantity'>
  available: number
}) {
  const items = useBasket(slug)
  const [quantity, setQuantity] = useState(1)
  const [problem, setProblem] = useState<string>()
  const inBasket = piecesOfProduct(items ?? [], product.productId)
  const most = Math.min(available, MOST_PIECES) - inBasket
  const chosen = Math.min(quantity, Math.max(most, 1))
  const add = () => {
    const more = withMore(keptItems(slug), { ...product, quantity: chosen })
    setProblem(more ? undefined : `A basket holds ${MOST_ITEMS} products at most. Order those first.`)
    if (more) keepItems(slug, more)
    setQuantity(1)
  }
  if (available <= 0 && inBasket === 0) return null
  return (
    <div className="flex flex-col gap-3">
      {most > 0 ? (
        <div className="flex flex-wrap gap-3">
          <QuantityField of={product.title} value={chosen} most={most} onChange={setQuantity} />
          <Button onClick={add} disabled={items === null} className="min-w-40 flex-1">
            Add to basket
          </Button>
        </div>
      ) : null}
      <p role="status" className="min-h-5.5 text-quiet">
        {problem ?? (inBasket > 0 ? <InBasket slug={slug} pieces={inBasket} isAll={most <= 0} /> : null)}
      </p>
    </div>
  )
}

function InBasket({ slug, pieces, isAll }: { slug: string; pieces: number; isAll: boolean }) {
  return (
    <>
      {isAll ? `All that can be ordered, ${pieces}, ${pieces === 1 ? 'is' : 'are'}` : `${pieces}`} in your basket.{' '}
      <Link href={basketHref(slug)} className="font-medium text-accent underline underline-offset-2">
        Go to the basket
      </Link>
    </>
  )
}
