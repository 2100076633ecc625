import Link from 'next/link'
import { formatMoney } from '@/lib/money/format-money'
import type { WholeOrder } from '@/lib/orders/find-order'
import { productHref } from '../../products/addresses'

/** What was ordered, at the prices of that moment, and what it comes to. */
export function Items({ order: { items, totalMinor, currency } }: { order: WholeOrder }) {
  return (
    <div className="flex flex-col">
      <ul aria-label="Items" className="flex flex-col">
        {items.map(({ position, productId, title, sku, quantity, priceMinor, totalMinor: sum }) => (
          <li key={position} className="flex items-baseline gap-4 border-b border-line pb-2 not-first:pt-2">
            <div className="min-w-0 flex-1 break-words">
              <Link href={productHref(productId)} className="hover:underline">
                {title}
              </Link>
              <span className="block font-mono text-12 text-quiet">{sku}</span>
            </div>
            <span className="shrink-0 font-mono text-12 text-quiet">
              {quantity} × {formatMoney(priceMinor, currency)}
            </span>
            <span className="w-24 shrink-0 text-right font-mono text-12">{formatMoney(sum, currency)}</span>
          </li>
        ))}
      </ul>
      <p className="flex justify-between gap-4 pt-3 font-medium">
        Total <span className="font-mono text-13">{formatMoney(totalMinor, currency)}</span>
      </p>
    </div>
  )
}
