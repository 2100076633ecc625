'use client'

import Link from 'next/link'
import { Notice } from '@/app/_ui/notice'
import { Skeleton } from '@/app/_ui/skeleton'
import { formatMoney } from '@/lib/money/format-money'
import { basketHref } from '../../addresses'
import { EmptyBasket } from '../_basket/empty-basket'
import type { BasketItem } from '../_basket/items'
import { PricesProblem } from '../_basket/prices-problem'
import { useBasket } from '../_basket/use-basket'
import { type BasketPrices, usePricedBasket } from '../_basket/use-priced-basket'
import { CheckoutForm } from './checkout-form'

/** Who orders and where it should go, beside what is ordered. */
export function CheckoutView({ slug, formKey }: { slug: string; formKey: string }) {
  const items = useBasket(slug)
  const prices = usePricedBasket(slug, items)
  if (!items) return <Skeleton lines={4} />
  if (items.length === 0) return <EmptyBasket slug={slug} title="There is nothing to order yet" />
  return (
    <div className="grid gap-x-12 gap-y-8 md:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        <h1 className="text-28 font-semibold">Checkout</h1>
        <CheckoutForm slug={slug} items={items} formKey={formKey} prices={prices} />
      </div>
      <Ordered slug={slug} items={items} prices={prices} />
    </div>
  )
}

function Ordered({ slug, items, prices }: { slug: string; items: readonly BasketItem[]; prices: BasketPrices }) {
  const { basket, isCurrent } = prices
  const lines = new Map(basket?.lines.map((line) => [line.productId, line]))
  const total = basket?.total
  return (
    <section aria-labelledby="ordered" className="flex min-w-0 flex-col gap-3 md:self-start">
      <div className="flex items-center justify-between gap-4">
        <h2 id="ordered" className="text-16 font-semibold">
          Your order
        </h2>
        <Link href={basketHref(slug)} className="-my-2 py-2 text-quiet underline underline-offset-2 hover:text-ink">
          Change it
        </Link>
      </div>
      <ul className="border-t border-line">
        {items.map(({ productId, quantity, title }) => {
          const product = lines.get(productId)?.product
          return (
            <li key={productId} className="flex items-baseline gap-3 border-b border-line py-2.5">
              <span className="shrink-0 text-quiet tabular-nums">{quantity} ×</span>
              <span className="min-w-0 flex-1 break-words">{product?.title ?? title}</span>
              <span className="shrink-0 tabular-nums">
                {product ? formatMoney(product.priceMinor * quantity, product.currency) : '–'}
              </span>
            </li>
          )
        })}
      </ul>
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-quiet">Total</span>
        <span className="text-20 font-semibold tabular-nums">
          {total ? formatMoney(total.minor, total.currency) : '–'}
        </span>
      </p>
      <PricesProblem prices={prices} />
      {basket && isCurrent && !basket.isOrderable ? (
        <Notice kind="bad">
          {basket.problem ?? basket.lines.find(({ problem }) => problem)?.problem} Please change your basket.
        </Notice>
      ) : null}
    </section>
  )
}
