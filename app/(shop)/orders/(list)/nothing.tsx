import { EmptyState } from '@/app/_ui/empty-state'
import type { OrderFilter } from '@/lib/orders/list-orders'
import { statusName } from '../words'

/** What a list without orders says. */
export function Nothing({ filter: { search, status, cursor } }: { filter: OrderFilter }) {
  const among = status ? ` among those that are ${statusName(status).toLowerCase()}` : ''
  if (search)
    return (
      <EmptyState title="No such orders">
        No order has this number, and no customer has all of “{search}” in their name or email{among}. Parts of words
        will do.
      </EmptyState>
    )
  if (cursor) return <EmptyState title="No more orders">This was the last page.</EmptyState>
  if (status)
    return (
      <EmptyState title={`No orders here`}>{statusName(status)}: at the moment that can be said of none.</EmptyState>
    )
  return (
    <EmptyState title="No orders yet">
      What customers order on your storefront is listed here, with where each order stands.
    </EmptyState>
  )
}
