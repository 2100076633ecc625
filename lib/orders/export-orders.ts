import type { Actor } from '../auth/actor'
import { csvLine } from '../csv-line'
import { decimalText } from '../money/format-money'
import { listOrders, type OrderFilter, type OrderLine } from './list-orders'
import { orderStatusWords } from './statuses'

const PAGE = 1_000

const head = [
  ...['Number', 'Ordered at', 'Status', 'Customer', 'Email', 'Address', 'Total', 'Given back', 'Currency'],
  ...['Placed at', 'Confirmed at', 'Ended at'],
]

/**
 * The orders of the actor's shop that a list shows under a filter, all of its pages, as CSV, piece by piece: a page is read
 * when the one before was taken. Instants are in UTC.
 */
export async function* exportOrders(
  actor: Pick<Actor, 'account'>,
  filter: Pick<OrderFilter, 'status' | 'search'>,
): AsyncGenerator<string> {
  yield csvLine(head)
  for (let cursor: number | undefined; ; ) {
    const { orders, nextCursor } = await listOrders(actor, { ...filter, cursor }, PAGE)
    if (orders.length > 0) yield orders.map(lineOf).join('')
    if (nextCursor === null) return
    cursor = nextCursor
  }
}

function lineOf(order: OrderLine): string {
  const { number, status, customerName, customerEmail, address, totalMinor, refundedMinor, currency } = order
  const instants = [order.placedAt, order.confirmedAt, order.endedAt].map((at) => at?.toISOString() ?? '')
  return csvLine([
    ...[String(number), order.createdAt.toISOString(), orderStatusWords[status], customerName, customerEmail, address],
    ...[decimalText(totalMinor, currency), decimalText(refundedMinor, currency), currency, ...instants],
  ])
}
