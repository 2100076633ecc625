import { Check, Circle } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { shopHref } from '@/app/s/addresses'
import type { FirstSteps } from '@/lib/dashboard/read-first-steps'
import { CurrencyDialog } from '../currency/currency-dialog'
import { IMPORTS } from '../products/imports/addresses'

type Currency = { code: string; name: string }

/** What makes a shop of a name: until the first order, this is what the dashboard shows. */
export function FirstStepsList({
  steps: { hasProducts, hasPictures },
  shop,
  currencies,
}: {
  steps: FirstSteps
  shop: { slug: string; currency: string }
  currencies: Currency[]
}) {
  return (
    <section aria-labelledby="first-steps" className="flex flex-col gap-3">
      <h2 id="first-steps" className="text-16 font-semibold">
        First steps
      </h2>
      <ol className="border-t border-line">
        <Step isDone={hasProducts} title={`Prices are in ${shop.currency}`}>
          {hasProducts ? null : <CurrencyDialog currencies={currencies} chosen={shop.currency} />}
        </Step>
        <Step isDone={hasProducts} title="Add what you sell">
          <StepLink href="/products/new">New product</StepLink>
          <StepLink href={IMPORTS}>Import a file</StepLink>
        </Step>
        <Step isDone={hasPictures} title="Show what it looks like">
          {hasProducts ? <StepLink href="/products">Add pictures</StepLink> : 'On the page of each product.'}
        </Step>
        <Step isDone={false} title="Send customers to your shop">
          <StepLink href={shopHref(shop.slug)}>{shopHref(shop.slug)}</StepLink>
        </Step>
      </ol>
    </section>
  )
}

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  const Icon = isDone ? Check : Circle
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 border-b border-line py-1">
      <Icon
        aria-hidden
        className={`shrink-0 ${isDone ? 'text-completed' : 'text-line-strong'}`}
        size={16}
        strokeWidth={1.5}
      />
      <span className="min-w-0 flex-1 py-1.5">
        {title}
        {isDone ? <span className="sr-only"> (done)</span> : null}
      </span>
      <span className="flex flex-wrap items-center gap-x-4 pl-7 text-quiet sm:pl-0">{children}</span>
    </li>
  )
}

function StepLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center text-accent underline underline-offset-2 sm:min-h-8"
    >
      {children}
    </Link>
  )
}
