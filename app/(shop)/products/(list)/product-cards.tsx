import Link from 'next/link'
import { countWords } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import type { ProductLine } from '@/lib/products/list-products'
import { productHref } from '../addresses'
import { StockStatus } from '../stock-status'

/** Products, a card each, on a phone. */
export function ProductCards({ products }: { products: ProductLine[] }) {
  return (
    <ul aria-label="Products" className="flex flex-col gap-2">
      {products.map((product) => (
        <li
          key={product.id}
          className="relative flex flex-col gap-1.5 rounded-surface border border-line bg-surface p-3 has-[a:focus-visible]:border-focus"
        >
          <div className="flex items-baseline justify-between gap-3">
            <Link
              data-row
              href={productHref(product.id)}
              prefetch={false}
              className="min-w-0 font-medium break-words after:absolute after:inset-0"
            >
              {product.title}
            </Link>
            <span className="shrink-0 font-mono text-13">{formatMoney(product.priceMinor, product.currency)}</span>
          </div>
          <div className="flex min-h-6 items-center gap-3 text-13 text-quiet">
            <span className="min-w-0 flex-1 truncate font-mono text-12">{product.sku}</span>
            <StockStatus product={product} />
            <span className="shrink-0">{countWords(product.available)} available</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
