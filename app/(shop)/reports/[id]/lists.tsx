import Link from 'next/link'
import type { ReactNode } from 'react'
import { Panel } from '@/app/_ui/panel'
import { countWords, several } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import type { WholeReport } from '@/lib/reports/find-report'
import { ordersHref } from '../../orders/addresses'
import { productHref, productsHref } from '../../products/addresses'
import { IMPORTS } from '../../products/imports/addresses'
import { typeWords } from '../words'

/** What brought most. */
export function BestProducts({ report: { type, figures, currency } }: { report: WholeReport }) {
  return (
    <Panel title="Best products">
      {figures.bestProducts.length === 0 ? <p className="text-quiet">Nothing was sold.</p> : null}
      <ul className="-mt-3">
        {figures.bestProducts.map(({ productId, title, quantity, revenueMinor, before }) => (
          <Line key={productId} href={productHref(productId)} name={title}>
            <span className="text-13 text-quiet">{several(quantity, 'piece')}</span>
            <span className="w-24 text-right tabular-nums print:w-16">{formatMoney(revenueMinor, currency)}</span>
            {before ? (
              <span className="w-full text-13 text-quiet tabular-nums print:w-auto">
                {before.quantity > 0
                  ? `${several(before.quantity, 'piece')} and ${formatMoney(before.revenueMinor, currency)}`
                  : 'None'}{' '}
                {typeWords[type].before}
              </span>
            ) : null}
          </Line>
        ))}
      </ul>
    </Panel>
  )
}

/** What there was little of when the report was made. */
export function RunningLow({ report: { type, figures } }: { report: WholeReport }) {
  const { count, before, products } = figures.lowStock
  return (
    <Panel
      title="Running low"
      aside={count > products.length ? <Aside href={productsHref({ show: 'low' })}>All that are low now</Aside> : null}
    >
      {count === 0 ? <p className="text-quiet">There was enough of everything.</p> : null}
      <ul className="-mt-3">
        {products.map(({ productId, title, available }) => (
          <Line key={productId} href={productHref(productId)} name={title}>
            <span className="text-13 text-quiet">{countWords(available)} left</span>
          </Line>
        ))}
      </ul>
      {count > products.length ? <p className="text-quiet">And {countWords(count - products.length)} more.</p> : null}
      {typeof before === 'number' ? (
        <p className="text-13 text-quiet">
          {countWords(count)} in all; {countWords(before)} by the report of {typeWords[type].before}.
        </p>
      ) : null}
    </Panel>
  )
}

/** Work that could not be done, and waits for the owner. */
export function FailedWork({ report: { type, figures } }: { report: WholeReport }) {
  const { orders, imports, images } = figures.failedWork
  const before = typeWords[type].before
  const lines = [
    { name: 'Orders that could not be brought to their end', of: orders, href: ordersHref({ status: 'failed' }) },
    { name: 'Files of products that could not be read on', of: imports, href: IMPORTS },
    { name: 'Pictures that could not be made ready', of: images, href: '/products' },
  ].filter((line) => line.of.now > 0 || line.of.before > 0)
  return (
    <Panel title="Needs you">
      {lines.length === 0 ? <p className="text-quiet">Nothing has failed, nor {before}.</p> : null}
      <ul className="-mt-3">
        {lines.map(({ name, of, href }) => (
          <Line key={name} href={href} name={name}>
            <span className="font-medium tabular-nums">{countWords(of.now)}</span>
            <span className="text-13 text-quiet">
              {countWords(of.before)} {before}
            </span>
          </Line>
        ))}
      </ul>
    </Panel>
  )
}

function Line({ href, name, children }: { href: string; name: string; children: ReactNode }) {
  return (
    <li className="relative flex min-h-11 break-inside-avoid flex-wrap items-center gap-x-3 border-b border-line py-2 print:min-h-0 print:flex-nowrap">
      <Link
        href={href}
        prefetch={false}
        className="min-w-0 flex-1 basis-40 break-words print:basis-0 after:absolute after:inset-0 hover:underline"
      >
        {name}
      </Link>
      {children}
    </li>
  )
}

function Aside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center text-accent underline underline-offset-2 sm:min-h-0 print:hidden"
    >
      {children}
    </Link>
  )
}
