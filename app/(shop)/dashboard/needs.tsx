import { ChevronRight, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { several } from '@/app/_ui/words'
import type { ShopNeeds } from '@/lib/dashboard/read-needs'
import { orderHref, ordersHref } from '../orders/addresses'
import { productHref } from '../products/addresses'
import { IMPORTS, importHref } from '../products/imports/addresses'

/** What waits for the owner, each where it is dealt with; nothing where all is well. */
export function Needs({ needs }: { needs: ShopNeeds }) {
  const lines = linesOf(needs)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="needs" className="rounded-surface border border-failed-line bg-surface">
      <h2 id="needs" className="flex items-center gap-2 px-4 py-2.5 font-semibold text-failed">
        <TriangleAlert aria-hidden size={16} strokeWidth={1.5} />
        Needs you
      </h2>
      <ul>
        {lines.map(({ words, href }) => (
          <li key={words} className="relative flex min-h-11 items-center gap-3 border-t border-line px-4 py-2">
            <Link href={href} prefetch={false} className="min-w-0 flex-1 after:absolute after:inset-0 hover:underline">
              {words}
            </Link>
            <ChevronRight aria-hidden className="shrink-0 text-quiet" size={16} strokeWidth={1.5} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type Line = { words: string; href: string }

function linesOf({ failedOrders, stuckOrders, unsettledOrders, failedImports, failedImages }: ShopNeeds): Line[] {
  const line = (count: number, one: string, many: string, href: string): Line[] =>
    count === 0 ? [] : [{ words: several(count, one, many), href }]
  return [
    ...line(
      failedOrders,
      'order could not be brought to its end this week, and was undone',
      'orders could not be brought to their end this week, and were undone',
      ordersHref({ status: 'failed' }),
    ),
    ...line(
      stuckOrders,
      'order has been worked on for more than a quarter of an hour',
      'orders have been worked on for more than a quarter of an hour',
      ordersHref({ status: 'placed' }),
    ),
    ...line(
      unsettledOrders.count,
      'cancelled order waits for its money or its pieces to be given back',
      'cancelled orders wait for their money or their pieces to be given back',
      unsettledOrders.count === 1 && unsettledOrders.id
        ? orderHref(unsettledOrders.id)
        : ordersHref({ status: 'confirmed' }),
    ),
    ...line(
      failedImports.count,
      'file of products could not be read this week',
      'files of products could not be read this week',
      failedImports.count === 1 && failedImports.id ? importHref(failedImports.id) : IMPORTS,
    ),
    ...line(
      failedImages.count,
      'picture could not be made ready',
      'pictures could not be made ready',
      failedImages.productId ? productHref(failedImages.productId) : '/products',
    ),
  ]
}
