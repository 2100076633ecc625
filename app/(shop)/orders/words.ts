import type { StatusWord } from '@/app/_ui/status'
import type { WholeOrder } from '@/lib/orders/find-order'
import { isOver, type OrderStatus, orderStatusWords } from '@/lib/orders/statuses'

type Standing = { status: OrderStatus; endingAs: OrderStatus | null }

const meanings: Record<OrderStatus, string> = {
  awaitingCard: 'The customer is asked for a card. Without one in half an hour the order expires.',
  placed: 'A card was given. Stock is being reserved, and the card charged.',
  confirmed: 'It is paid, and its pieces are taken out of the stock.',
  declined: 'The bank has declined the card. Nothing was charged, and nothing is reserved.',
  outOfStock: 'There was not enough left of something. Nothing was charged, and nothing is reserved.',
  cancelled: 'It was cancelled. What was charged or reserved is given back.',
  failed: 'It could not be brought to its end. What was charged or reserved is given back.',
  expired: 'No card was given in time. Nothing was charged, and nothing was reserved.',
  refunded: 'All of its money was given back, and its pieces are in the stock again.',
}

/** While an order is brought to its end. */
const endings: Partial<Record<OrderStatus, StatusWord>> = { cancelled: 'cancelling', refunded: 'refunding' }

/** Whether something is about to happen to an order: by its customer, who is asked for a card, or by us. */
export function isInMotion({ status, endingAs }: Standing): boolean {
  return status === 'awaitingCard' || status === 'placed' || (endingAs !== null && !isOver(status))
}

/** An order's state as its mark says it. */
export function orderMark({ status, endingAs }: Standing): StatusWord {
  if (endingAs && !isOver(status)) return endings[endingAs] ?? 'ending'
  return orderStatusWords[status]
}

/** What an order's state means to its owner, in a sentence. */
export function orderMeaning({ status, endingAs }: Standing): string {
  if (endingAs && !isOver(status)) return 'What was charged or reserved is being given back.'
  return meanings[status]
}

/** A status as the name of a tab. */
export function statusName(status: OrderStatus): string {
  const word = orderStatusWords[status]
  return word.charAt(0).toUpperCase() + word.slice(1)
}

type Payment = WholeOrder['payments'][number]

export const paymentWords: Record<Payment['status'], string> = {
  open: 'Being charged',
  succeeded: 'Charged',
  declined: 'Declined',
  closed: 'Not charged',
}
