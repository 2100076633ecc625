import type { OrderFilter } from '@/lib/orders/list-orders'

/** The address of the list under a filter; what goes without saying is left out. */
export const ordersHref = (filter: OrderFilter) => withQuery('/orders', filter)

/** Where all pages of the list under a filter are as one file. */
export const exportHref = ({ status, search }: OrderFilter) => withQuery('/api/orders/export', { status, search })

/** Where an order is looked at. */
export const orderHref = (id: string) => `/orders/${id}`

function withQuery(path: string, { status, search, cursor }: OrderFilter): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ status, search, cursor })) if (value) query.set(name, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}
