import Link from 'next/link'
import { Panel } from '@/app/_ui/panel'
import { countWords } from '@/app/_ui/words'
import type { ProductLine } from '@/lib/products/list-products'
import { productHref, productsHref } from '../products/addresses'
import { StockStatus } from '../products/stock-status'

const SHOWN = 6

/** What there is little of, with the way to all of it. */
export function LowStock({ products, count }: { products: ProductLine[]; count: number }) {
  return (
    <Panel title="Low stock" aside={count > 0 ? <AllOfIt count={count} /> : null}>
      {count === 0 ? (
        <p className="text-quiet">There is enough of everything.</p>
      ) : (
        <ul className="-mt-3">
          {products.slice(0, SHOWN).map((product) => (
            <li key={product.id} className="relative flex min-h-11 items-center gap-3 border-b border-line py-2">
              <Link
                href={productHref(product.id)}
                prefetch={false}
                className="min-w-0 flex-1 truncate after:absolute after:inset-0 hover:underline"
              >
                {product.title}
              </Link>
              <span className="text-13 text-quiet tabular-nums">{countWords(product.available)} available</span>
              <span className="flex w-20 justify-end">
                <StockStatus product={product} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function AllOfIt({ count }: { count: number }) {
  return (
    <Link
      href={productsHref({ show: 'low' })}
      prefetch={false}
      className="inline-flex min-h-11 items-center text-accent underline underline-offset-2 sm:min-h-0"
    >
      All {countWords(count)}
    </Link>
  )
}
