import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, type Column, Row, RowLink, Table } from '@/app/_ui/table'
import { formatMoney } from '@/lib/money/format-money'
import type { OrderLine } from '@/lib/orders/list-orders'
import { orderHref } from '../addresses'
import { orderMark } from '../words'

export type Shown = { orders: OrderLine[]; now: Date; timeZone: string }

const columns: Column[] = [
  { name: 'Order', width: 'w-28' },
  { name: 'Customer' },
  { name: 'Status', width: 'w-36' },
  { name: 'Total', isNumber: true, width: 'w-32' },
  { name: 'Ordered', isNumber: true, width: 'w-28' },
]

/** Orders, a line each, on a wide screen. */
export function OrdersTable({ orders, now, timeZone }: Shown) {
  return (
    <Table label="Orders" columns={columns} headAt="top-0">
      {orders.map((order) => (
        <Row key={order.id} height="roomy">
          <Cell>
            <RowLink href={orderHref(order.id)} className="font-mono text-13 font-medium">
              #{order.number}
            </RowLink>
          </Cell>
          <Cell>
            {order.customerName}
            <span className="block truncate text-12 text-quiet">{order.customerEmail}</span>
          </Cell>
          <Cell>
            <Status of={orderMark(order)} />
          </Cell>
          <Cell isNumber>
            {formatMoney(order.totalMinor, order.currency)}
            {isInPartRefunded(order) ? (
              <span className="block text-quiet">−{formatMoney(order.refundedMinor, order.currency)}</span>
            ) : null}
          </Cell>
          <Cell isNumber className="text-quiet">
            <Since at={order.createdAt} now={now} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

/** Where all was given back, the status says so. */
export function isInPartRefunded({ refundedMinor, totalMinor }: OrderLine): boolean {
  return refundedMinor > 0 && refundedMinor < totalMinor
}
