import Link from 'next/link'
import { formatMoney } from '@/lib/money/format-money'
import type { PublicProduct } from '@/lib/storefront/list-public-products'
import { soldHref } from '../addresses'
import { NoPicture, ProductPicture } from './picture'
import { stockWords } from './stock-words'

const SIZES = '(min-width: 1024px) 312px, (min-width: 640px) 46vw, 45vw'
/** So many are seen before anything is scrolled. */
const FIRST = 6

/** What a shop sells: pictures first, two or three beside each other. */
export function ShelfGrid({ products, slug }: { products: PublicProduct[]; slug: string }) {
  return (
    <ul aria-label="Products" className="grid grid-cols-2 gap-x-4 gap-y-8 sm:gap-x-6 sm:gap-y-10 lg:grid-cols-3">
      {products.map((product, at) => (
        <li key={product.id} className="group relative flex min-w-0 flex-col gap-3">
          <Face product={product} isFirst={at < FIRST} />
          <div className="flex flex-col gap-0.5">
            <Link
              href={soldHref(slug, product.id)}
              prefetch={false}
              className="font-medium break-words after:absolute after:inset-0 after:rounded-surface group-hover:underline sm:text-16"
            >
              {product.title}
            </Link>
            <p className="flex flex-wrap items-baseline gap-x-3 text-quiet">
              <span className="tabular-nums">{formatMoney(product.priceMinor, product.currency)}</span>
              <StockNote available={product.available} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Face({ product: { picture, title, available }, isFirst }: { product: PublicProduct; isFirst: boolean }) {
  const look = `aspect-square w-full rounded-surface outline outline-line ${available > 0 ? '' : 'opacity-55'}`
  return picture ? (
    <ProductPicture picture={picture} alt="" sizes={SIZES} isFirst={isFirst} className={`${look} object-cover`} />
  ) : (
    <NoPicture title={title} className={look} />
  )
}

/** What is worth telling before the product's own page: that it is gone, or nearly. */
function StockNote({ available }: { available: number }) {
  const words = stockWords(available)
  if (words === 'In stock') return null
  return <span className={available > 0 ? 'text-retrying' : 'font-medium text-failed'}>{words}</span>
}
