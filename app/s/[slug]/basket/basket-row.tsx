'use client'

import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { formatMoney } from '@/lib/money/format-money'
import { MOST_PIECES } from '@/lib/orders/basket-limits'
import type { BasketLine } from '@/lib/storefront/price-basket'
import { soldHref } from '../../addresses'
import type { BasketItem } from '../_basket/items'
import { NoPicture, ProductPicture } from '../picture'
import { QuantityField } from '../quantity-field'

/**
 * One thing in the basket.
 * @param line what the shop says of it; none while it has not answered.
 */
export function BasketRow({
  slug,
  item,
  line,
  onChoose,
}: {
  slug: string
  item: BasketItem
  line: BasketLine | undefined
  onChoose: (quantity: number) => void
}) {
  const { productId, quantity } = item
  const product = line?.product
  const title = product?.title ?? item.title
  const isGone = line !== undefined && !product
  return (
    <li className="flex gap-4 border-b border-line py-4">
      <div className={`size-20 shrink-0 sm:size-24 ${isGone ? 'opacity-55' : ''}`}>
        <Thumbnail title={title} picture={product?.picture ?? null} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div className="flex items-baseline justify-between gap-4">
          <p className="min-w-0 font-medium break-words">
            {isGone ? (
              title
            ) : (
              <Link href={soldHref(slug, productId)} className="hover:underline">
                {title}
              </Link>
            )}
          </p>
          <p className="shrink-0 font-medium tabular-nums">
            {product ? formatMoney(product.priceMinor * quantity, product.currency) : null}
          </p>
        </div>
        {product ? <Price product={product} item={item} /> : null}
        {line?.problem ? <p className="text-failed">{line.problem}</p> : null}
        <div className="flex flex-wrap items-center gap-2">
          {isGone ? null : (
            <QuantityField
              of={title}
              value={quantity}
              most={Math.min(product?.available ?? quantity, MOST_PIECES)}
              onChange={onChoose}
            />
          )}
          <Button
            look="bare"
            size="small"
            className={isGone ? '-ml-3' : ''}
            aria-label={`Remove ${title}`}
            onClick={() => onChoose(0)}
          >
            Remove
          </Button>
        </div>
      </div>
    </li>
  )
}

function Thumbnail({ title, picture }: { title: string; picture: NonNullable<BasketLine['product']>['picture'] }) {
  const look = 'size-full rounded-control outline outline-line'
  return picture ? (
    <ProductPicture picture={picture} alt="" sizes="96px" className={`${look} object-cover`} />
  ) : (
    <NoPicture title={title} className={look} />
  )
}

function Price({ product, item }: { product: NonNullable<BasketLine['product']>; item: BasketItem }) {
  const { priceMinor, currency } = product
  const hasChanged = priceMinor !== item.priceMinor || currency !== item.currency
  return (
    <p className="text-quiet tabular-nums">
      {formatMoney(priceMinor, currency)} each
      {hasChanged ? (
        <span className="text-retrying">: it was {formatMoney(item.priceMinor, item.currency)} when you chose it</span>
      ) : null}
    </p>
  )
}
