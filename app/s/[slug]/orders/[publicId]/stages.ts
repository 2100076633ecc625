import type { PublicOrder } from '@/lib/orders/find-public-order'
import type { OrderStatus } from '@/lib/orders/statuses'

/** `yours`: it is the customer's turn. `ended`: it came to nothing here. */
export type Stage = { name: string; state: 'done' | 'yours' | 'now' | 'ahead' | 'ended' }

/** How an order that came to nothing is called at its end, and while it is brought there. */
const ends: Partial<Record<OrderStatus, { name: string; doing: string }>> = {
  declined: { name: 'Card declined', doing: 'Card declined' },
  outOfStock: { name: 'Sold out', doing: 'Sold out' },
  cancelled: { name: 'Cancelled', doing: 'Being cancelled' },
  failed: { name: 'Not completed', doing: 'Being closed' },
  expired: { name: 'Expired', doing: 'Expiring' },
  refunded: { name: 'Refunded', doing: 'Being refunded' },
}

/** Whether something is still becoming of an order by itself. Pure. */
export function isMoving({ status, endingAs }: Pick<PublicOrder, 'status' | 'endingAs'>): boolean {
  return status === 'awaitingCard' || status === 'placed' || (endingAs !== null && endingAs !== status)
}

/** Whether its customer may still cancel it. Pure. */
export function mayBeCancelled({ status, endingAs }: Pick<PublicOrder, 'status' | 'endingAs'>): boolean {
  return (status === 'awaitingCard' || status === 'placed' || status === 'confirmed') && endingAs === null
}

/** What an order goes through, as far as it has come; of one that comes to nothing, what was done and how it ends. Pure. */
export function stagesOf(order: PublicOrder): Stage[] {
  const stages = [
    { name: 'Order received', doing: 'Receiving the order', isDone: true },
    { name: 'Card saved', doing: 'Waiting for your card', isDone: order.isPlaced },
    { name: 'Pieces set aside', doing: 'Setting the pieces aside', isDone: order.isReserved },
    { name: 'Payment taken', doing: 'Taking the payment', isDone: order.isPaid },
    { name: 'Confirmed', doing: 'Confirming', isDone: order.isConfirmed },
  ]
  const done = stages.filter(({ isDone }) => isDone).map(({ name }): Stage => ({ name, state: 'done' }))
  const end = ends[order.endingAs ?? order.status]
  if (end) return [...done, ...givenBack(order), ...endOf(order, end)]
  const [next, ...later] = stages.slice(done.length)
  return [
    ...done,
    ...(next ? [{ name: next.doing, state: order.isPlaced ? 'now' : 'yours' } as const] : []),
    ...later.map(({ name }): Stage => ({ name, state: 'ahead' })),
  ]
}

const givenBack = ({ isRefunded }: PublicOrder): Stage[] =>
  isRefunded ? [{ name: 'Payment given back', state: 'done' }] : []

function endOf(order: PublicOrder, { name, doing }: { name: string; doing: string }): Stage[] {
  if (isMoving(order)) return [{ name: doing, state: 'now' }]
  // That the money is given back is all there is to a refund.
  return order.status === 'refunded' ? [] : [{ name, state: 'ended' }]
}
