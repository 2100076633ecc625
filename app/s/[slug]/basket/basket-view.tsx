'use client'

import { useRef } from 'react'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Skeleton } from '@/app/_ui/skeleton'
import { several } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import { checkoutHref, shopHref } from '../../addresses'
import { EmptyBasket } from '../_basket/empty-basket'
import { piecesOf, withQuantity } from '../_basket/items'
import { keepItems } from '../_basket/kept-basket'
import { PricesProblem } from '../_basket/prices-problem'
import { useBasket } from '../_basket/use-basket'
import { type BasketPrices, usePricedBasket } from '../_basket/use-priced-basket'
import { BasketRow } from './basket-row'

/** What is in the basket, at the prices of this moment. */
export function BasketView({ slug }: { slug: string }) {
  const items = useBasket(slug)
  const prices = usePricedBasket(slug, items)
  const heading = useRef<HTMLHeadingElement>(null)
  if (!items) return <Skeleton lines={3} />
  if (items.length === 0) return <EmptyBasket slug={slug} title="Your basket is empty" headingRef={heading} />
  const choose = (productId: string, quantity: number) => {
    keepItems(slug, withQuantity(items, productId, quantity))
    // The button that took it out is gone with it.
    if (quantity === 0) heading.current?.focus()
  }
  const lines = new Map(prices.basket?.lines.map((line) => [line.productId, line]))
  return (
    <div className="grid gap-x-12 gap-y-8 md:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <h1 ref={heading} tabIndex={-1} className="text-28 font-semibold outline-none">
          Basket
        </h1>
        <ul aria-label="In the basket" className="border-t border-line">
          {items.map((item) => (
            <BasketRow
              key={item.productId}
              slug={slug}
              item={item}
              line={lines.get(item.productId)}
              onChoose={(quantity) => choose(item.productId, quantity)}
            />
          ))}
        </ul>
      </div>
      <Summary slug={slug} pieces={piecesOf(items)} prices={prices} />
    </div>
  )
}

function Summary({ slug, pieces, prices }: { slug: string; pieces: number; prices: BasketPrices }) {
  const { basket, isCurrent } = prices
  const isReady = isCurrent && basket?.isOrderable
  const total = basket?.total
  return (
    <section aria-label="Total" className="flex flex-col gap-4 md:sticky md:top-24 md:self-start">
      <div
        role="status"
        aria-busy={!isCurrent}
        className="flex items-baseline justify-between gap-4 border-y border-line py-4"
      >
        <span className="text-quiet">{several(pieces, 'piece')}</span>
        <span className={`text-20 font-semibold tabular-nums ${isCurrent ? '' : 'text-quiet'}`}>
          {total ? formatMoney(total.minor, total.currency) : '–'}
        </span>
      </div>
      {basket?.problem && isCurrent ? <Notice kind="bad">{basket.problem}</Notice> : null}
      {isCurrent && basket?.lines.some(({ problem }) => problem) ? (
        <Notice kind="bad">Some of it can’t be ordered as it is. Please change that first.</Notice>
      ) : null}
      <PricesProblem prices={prices} />
      {isReady ? (
        <ButtonLink href={checkoutHref(slug)}>Go to checkout</ButtonLink>
      ) : (
        <Button disabled>Go to checkout</Button>
      )}
      <ButtonLink look="quiet" href={shopHref(slug)}>
        Go on looking
      </ButtonLink>
    </section>
  )
}
