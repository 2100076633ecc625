import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { Panel } from '@/app/_ui/panel'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { several } from '@/app/_ui/words'
import type { ShopWork } from '@/lib/dashboard/read-work'
import { ordersHref } from '../orders/addresses'
import { productHref } from '../products/addresses'
import { bulkUpdateHref } from '../products/bulk/addresses'
import { IMPORTS, importHref } from '../products/imports/addresses'

/** What is being done for the shop at this moment, each where it can be followed. */
export function UnderWay({ work }: { work: ShopWork }) {
  const lines = linesOf(work)
  return (
    <Panel title="Under way">
      {lines.length > 0 ? <RefreshWhile /> : null}
      {lines.length === 0 ? (
        <p className="text-quiet">
          Nothing at the moment. Orders, files and pictures show here while they are worked on.
        </p>
      ) : (
        <ul className="-mt-3">
          {lines.map(({ words, href }) => (
            <li key={words} className="relative flex min-h-11 items-center gap-2.5 border-b border-line py-2">
              <LoaderCircle aria-hidden className="shrink-0 text-running" size={16} strokeWidth={1.5} />
              <Link href={href} prefetch={false} className="min-w-0 after:absolute after:inset-0 hover:underline">
                {words}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

type Line = { words: string; href: string }

function linesOf({ ordersInProcess, ordersBeingEnded, imports, bulkUpdates, images }: ShopWork): Line[] {
  const line = (count: number, words: string, href: string): Line[] => (count === 0 ? [] : [{ words, href }])
  const [file, change] = [imports.count === 1 && imports.id, bulkUpdates.id]
  return [
    ...line(ordersInProcess, `${several(ordersInProcess, 'order')} being charged`, ordersHref({ status: 'placed' })),
    ...line(ordersBeingEnded, `${several(ordersBeingEnded, 'order')} being cancelled or refunded`, ordersHref({})),
    ...line(
      imports.count,
      `${several(imports.count, 'file')} of products being read`,
      file ? importHref(file) : IMPORTS,
    ),
    ...line(
      bulkUpdates.count,
      `${several(bulkUpdates.count, 'change')} of many products`,
      change ? bulkUpdateHref(change) : '/products',
    ),
    ...line(
      images.count,
      `${several(images.count, 'picture')} being made ready`,
      images.productId ? productHref(images.productId) : '/products',
    ),
  ]
}
