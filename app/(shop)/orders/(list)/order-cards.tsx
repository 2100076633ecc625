import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { formatMoney } from '@/lib/money/format-money'
import { orderHref } from '../addresses'
import { orderMark } from '../words'
import { isInPartRefunded, type Shown } from './orders-table'

/** Orders, a card each, on a phone. */
export function OrderCards({ orders, now, timeZone }: Shown) {
  return (
    <ul aria-label="Orders" className="flex flex-col gap-2">
      {orders.map((order) => (
        <li
          key={order.id}
          className="relative flex flex-col gap-1.5 rounded-surface border border-line bg-surface p-3 has-[a:focus-visible]:border-focus"
        >
          <div className="flex items-baseline justify-between gap-3">
            <Link
              data-row
              href={orderHref(order.id)}
              prefetch={false}
              className="min-w-0 font-medium break-words after:absolute after:inset-0"
            >
              <span className="font-mono text-13">#{order.number}</span> {order.customerName}
            </Link>
            <span className="shrink-0 text-right font-mono text-13">
              {formatMoney(order.totalMinor, order.currency)}
              {isInPartRefunded(order) ? (
                <span className="block text-quiet">−{formatMoney(order.refundedMinor, order.currency)}</span>
              ) : null}
            </span>
          </div>
          <div className="flex min-h-6 items-center gap-3 text-13 text-quiet">
            <span className="min-w-0 flex-1 truncate">{order.customerEmail}</span>
            <Status of={orderMark(order)} />
            <Since at={order.createdAt} now={now} timeZone={timeZone} />
          </div>
        </li>
      ))}
    </ul>
  )
}
