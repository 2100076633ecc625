import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { PageHead } from '@/app/_ui/page-head'
import { Facts, Panel } from '@/app/_ui/panel'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { Status } from '@/app/_ui/status'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { formatMoney } from '@/lib/money/format-money'
import { findOrder, type WholeOrder } from '@/lib/orders/find-order'
import { isOver } from '@/lib/orders/statuses'
import { WorkBehindIt } from '../../work-behind-it'
import { isInMotion, orderMark, orderMeaning } from '../words'
import { EndButtons } from './end-buttons'
import { History } from './history'
import { Items } from './items'
import { Letters } from './letters'
import { Payments } from './payments'
import { Stock } from './stock'

export const metadata: Metadata = { title: 'Order' }

export default async function OrderPage({ params }: PageProps<'/orders/[id]'>) {
  const actor = await requireActor()
  const order = await findOrder(actor, (await params).id)
  if (!order) notFound()
  const look = { now: now(), timeZone: actor.account.timeZone, linked: actor.isOperator }
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <PageHead title={`Order #${order.number}`} back={{ href: '/orders', name: 'Orders' }}>
          <Status of={orderMark(order)} />
          {isOver(order.status) || order.endingAs ? null : <EndButtons {...endOf(order)} />}
        </PageHead>
        <p className="max-w-prose text-quiet" aria-live="polite">
          {orderMeaning(order)} {inPartRefunded(order)}
        </p>
      </div>
      {isInMotion(order) || isWorkedOn(order) ? <RefreshWhile /> : null}
      <div className="grid gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-10">
          <Panel title="Items">
            <Items order={order} />
          </Panel>
          <Panel title="What has happened">
            <History order={order} timeZone={look.timeZone} />
          </Panel>
          <WorkBehindIt runs={order.work.runs} {...look} />
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <Panel title="Customer">
            <Customer order={order} slug={actor.account.slug} />
          </Panel>
          <Panel title="Payment">
            <Payments order={order} timeZone={look.timeZone} />
          </Panel>
          <Panel title="Letters">
            <Letters letters={order.letters} {...look} />
          </Panel>
          <Panel title="Stock">
            <Stock order={order} {...look} />
          </Panel>
        </div>
      </div>
    </div>
  )
}

function Customer({ order, slug }: { order: WholeOrder; slug: string }) {
  const { customerName, customerEmail, address, publicId } = order
  return (
    <Facts
      facts={[
        { name: 'Name', value: customerName },
        {
          name: 'Email',
          value: (
            <a href={`mailto:${customerEmail}`} className="hover:underline">
              {customerEmail}
            </a>
          ),
        },
        { name: 'Address', value: <span className="whitespace-pre-line">{address}</span> },
        {
          name: 'Follows it on',
          value: (
            <Link href={`/s/${slug}/orders/${publicId}`} prefetch={false} className="text-accent hover:underline">
              their own page
            </Link>
          ),
        },
      ]}
    />
  )
}

const givenBack = ({ payments }: WholeOrder) => payments.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0)

function inPartRefunded(order: WholeOrder): string {
  const { totalMinor, currency } = order
  const minor = givenBack(order)
  if (minor === 0 || minor >= totalMinor) return ''
  return `${formatMoney(minor, currency)} of it was given back by hand at the payment provider.`
}

/** What may be done to an order, and the sum that it is about: what is left of what was charged. */
function endOf(order: WholeOrder) {
  const { id, number, customerName, status, totalMinor, currency } = order
  const sum = formatMoney(totalMinor - givenBack(order), currency)
  return { orderId: id, number, customerName, isCharged: status === 'confirmed', sum }
}

/** A run of it that sleeps or waits has nothing to show. */
function isWorkedOn({ work }: WholeOrder): boolean {
  return work.runs.some(({ status }) => status === 'queued' || status === 'running')
}
