'use client'

import { ShoppingBasket } from 'lucide-react'
import Link from 'next/link'
import { countWords } from '@/app/_ui/words'
import { basketHref } from '../../addresses'
import { piecesOf } from './items'
import { useBasket } from './use-basket'

/** The way to the basket, and how many pieces are in it. */
export function BasketLink({ slug }: { slug: string }) {
  const pieces = piecesOf(useBasket(slug) ?? [])
  return (
    <Link
      href={basketHref(slug)}
      className="-mr-2 flex min-h-11 shrink-0 items-center gap-2 rounded-control px-2 font-medium hover:bg-raised"
    >
      <ShoppingBasket aria-hidden size={16} strokeWidth={1.5} />
      <span>Basket</span>
      <span
        className={`min-w-6 rounded-full px-1.5 text-center text-12 leading-6 tabular-nums ${pieces > 0 ? 'bg-accent text-on-accent' : 'bg-raised text-quiet'}`}
      >
        {countWords(pieces)}
        <span className="sr-only"> {pieces === 1 ? 'piece' : 'pieces'}</span>
      </span>
    </Link>
  )
}
