import type { Metadata } from 'next'
import { buttonFace } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import {
  countOrders,
  listOrders,
  MOST_COUNTED,
  type OrderCount,
  type OrderFilter,
  orderFilter,
} from '@/lib/orders/list-orders'
import { type OrderStatus, orderStatuses } from '@/lib/orders/statuses'
import { exportHref, ordersHref } from '../addresses'
import { statusName } from '../words'
import { FilterRow } from './filter-row'
import { Nothing } from './nothing'
import { OrderCards } from './order-cards'
import { OrdersTable } from './orders-table'

export const metadata: Metadata = { title: 'Orders' }

export default async function OrdersPage({ searchParams }: PageProps<'/orders'>) {
  const actor = await requireActor()
  const filter = orderFilter.parse(await searchParams)
  const [{ orders, nextCursor }, counts] = await Promise.all([listOrders(actor, filter), countOrders(actor)])
  const firstPage = { ...filter, cursor: undefined }
  const shown = { orders, now: now(), timeZone: actor.account.timeZone }
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Orders">
        {orders.length > 0 ? (
          <a href={exportHref(filter)} download className={buttonFace({ look: 'quiet' })}>
            Export as CSV
          </a>
        ) : null}
      </PageHead>
      <FilterRow chosen={firstPage} clearHref={ordersHref({ ...firstPage, search: undefined })} />
      <TabLinks label="Which orders" tabs={tabsOf(firstPage, counts)} />
      {orders.length > 0 ? (
        <>
          <div className="hidden md:block">
            <OrdersTable {...shown} />
          </div>
          <div className="md:hidden">
            <OrderCards {...shown} />
          </div>
        </>
      ) : (
        <Nothing filter={filter} />
      )}
      <PageLinks
        newest={filter.cursor ? ordersHref(firstPage) : null}
        older={nextCursor === null ? null : ordersHref({ ...filter, cursor: nextCursor })}
      />
    </div>
  )
}

/** All orders, and a tab for each status. */
function tabsOf(filter: OrderFilter, counts: Record<OrderStatus, OrderCount>) {
  const tab = (status: OrderStatus | undefined, name: string, count: OrderCount) => ({
    ...{ name, href: ordersHref({ ...filter, status }), isCurrent: filter.status === status, ...count },
  })
  const each = Object.values(counts)
  const isMore = each.some((one) => one.isMore)
  const all = { count: isMore ? MOST_COUNTED : each.reduce((sum, { count }) => sum + count, 0), isMore }
  return [tab(undefined, 'All', all), ...orderStatuses.map((status) => tab(status, statusName(status), counts[status]))]
}
