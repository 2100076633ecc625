import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ButtonLink, buttonFace } from '@/app/_ui/button'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { Toasts } from '@/app/_ui/toasts'
import { now } from '@/lib/clock'
import { formatMoney } from '@/lib/money/format-money'
import { findPublicOrder, type PublicOrder } from '@/lib/orders/find-public-order'
import { basketHref } from '../../../addresses'
import { requireShop } from '../../shop'
import { CancelButton } from './cancel-button'
import { EmptyOrdered } from './empty-ordered'
import { StageList } from './stage-list'
import { isMoving, mayBeCancelled, stagesOf } from './stages'
import { cancelWords, standingOf } from './words'

export const metadata: Metadata = { title: 'Your order', robots: { index: false } }

export default async function OrderPage({ params }: PageProps<'/s/[slug]/orders/[publicId]'>) {
  const { slug, publicId } = await params
  await requireShop(slug)
  const order = (await findPublicOrder(slug, publicId)) ?? notFound()
  const { title, words } = standingOf(order, now())
  return (
    <div className="grid gap-x-12 gap-y-10 md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      {isMoving(order) ? <RefreshWhile /> : null}
      {order.isConfirmed ? <EmptyOrdered slug={slug} publicId={publicId} /> : null}
      <div className="flex min-w-0 flex-col gap-6">
        <div className="flex flex-col gap-2">
          <p className="text-quiet tabular-nums">Order {order.number}</p>
          <div role="status">
            <h1 className="text-28 font-semibold">{title}</h1>
          </div>
          <p className="max-w-prose text-16 text-quiet">{words}</p>
        </div>
        <StageList stages={stagesOf(order)} />
        <div className="flex flex-wrap gap-3 empty:hidden">
          {order.checkoutUrl && order.endingAs === null ? (
            <a href={order.checkoutUrl} className={buttonFace()}>
              Go on to your card
            </a>
          ) : null}
          {order.status === 'declined' ? <ButtonLink href={basketHref(slug)}>Go to the basket</ButtonLink> : null}
          {mayBeCancelled(order) ? (
            <CancelButton publicId={publicId} number={order.number} means={cancelWords(order)} />
          ) : null}
        </div>
      </div>
      <Items order={order} />
      <Toasts />
    </div>
  )
}

function Items({ order: { items, totalMinor, currency } }: { order: PublicOrder }) {
  return (
    <section aria-labelledby="items" className="flex min-w-0 flex-col gap-3 md:self-start">
      <h2 id="items" className="text-16 font-semibold">
        What you ordered
      </h2>
      <ul className="border-t border-line">
        {items.map(({ position, title, quantity, priceMinor, totalMinor: sum }) => (
          <li key={position} className="flex items-baseline gap-3 border-b border-line py-2.5">
            <span className="shrink-0 text-quiet tabular-nums">{quantity} ×</span>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="break-words">{title}</span>
              {quantity > 1 ? (
                <span className="text-13 text-quiet tabular-nums">{formatMoney(priceMinor, currency)} each</span>
              ) : null}
            </span>
            <span className="shrink-0 tabular-nums">{formatMoney(sum, currency)}</span>
          </li>
        ))}
      </ul>
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-quiet">Total</span>
        <span className="text-20 font-semibold tabular-nums">{formatMoney(totalMinor, currency)}</span>
      </p>
    </section>
  )
}
