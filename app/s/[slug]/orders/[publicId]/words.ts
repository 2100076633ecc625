import type { PublicOrder } from '@/lib/orders/find-public-order'

export type Standing = { title: string; words: string }

const MINUTE_MS = 60_000

/** How an order stands, in plain words: a line, and what it means for its customer. Pure. */
export function standingOf(order: PublicOrder, now: Date): Standing {
  const money = moneyWords(order)
  switch (order.endingAs ?? order.status) {
    case 'awaitingCard':
      return { title: 'Your card is still to come', words: cardWords(order, now) }
    case 'placed':
      return {
        title: 'Your order is on its way through',
        words: 'It mostly takes a moment. You may leave this page: we write to you when it is confirmed.',
      }
    case 'confirmed':
      return { title: 'Your order is confirmed', words: 'A letter with all of it is on its way to you. Thank you!' }
    case 'declined':
      return {
        title: 'Your card was declined',
        words: `${money} What you chose is still in your basket: order again with another card.`,
      }
    case 'outOfStock':
      return {
        title: 'Sold out a moment before you',
        words: `Not all of it could be set aside, so none of it was. ${money}`,
      }
    case 'cancelled':
      return {
        title: order.status === 'cancelled' ? 'Your order is cancelled' : 'Your order is being cancelled',
        words: money,
      }
    case 'expired':
      return { title: 'Your order has expired', words: `No card was given in time. ${money}` }
    case 'refunded':
      return {
        title: order.status === 'refunded' ? 'Your order was refunded' : 'Your order is being refunded',
        words: money,
      }
    case 'failed':
      return { title: 'Your order could not be completed', words: `It was no fault of yours. ${money}` }
  }
}

/** What became of the money of an order that comes to nothing. */
function moneyWords({ status, endingAs, isPaid, isRefunded }: PublicOrder): string {
  if (isRefunded) return 'What you paid was given back in full; your bank may take some days to show it.'
  if (isPaid) return 'What you paid is being given back in full.'
  // The charge may be under way at this moment.
  const isOpen = status !== endingAs && (endingAs === 'cancelled' || endingAs === 'failed')
  return isOpen ? 'If anything was charged, it is given back in full.' : 'Nothing was charged.'
}

/** What cancelling an order means for its customer's money. Pure. */
export function cancelWords({ status, isPaid }: PublicOrder): string {
  if (isPaid) return 'What you paid is given back in full.'
  return status === 'awaitingCard' ? 'Nothing is charged for it.' : 'If anything was charged, it is given back in full.'
}

function cardWords({ expiresAt }: PublicOrder, now: Date): string {
  const minutes = Math.ceil((expiresAt.getTime() - now.getTime()) / MINUTE_MS)
  const limit = minutes > 1 ? `It can be given for another ${minutes} minutes.` : 'Give it now, or the order expires.'
  return `Nothing is charged before you give it on the payment page. ${limit}`
}
