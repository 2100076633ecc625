import { db } from '../db'
import { isId } from '../is-id'
import type { OrderStatus } from './statuses'

/** What who has the link to an order may know of it. */
export type PublicOrder = {
  publicId: string
  shopName: string
  number: number
  status: OrderStatus
  endingAs: OrderStatus | null
  items: { position: number; title: string; quantity: number; priceMinor: number; totalMinor: number }[]
  totalMinor: number
  currency: string
  /** Of an order that waits for its card: where it is given. */
  checkoutUrl: string | null
  /** What has happened with it, which stays so when it ends otherwise later. */
  isPlaced: boolean
  isReserved: boolean
  isPaid: boolean
  isConfirmed: boolean
  isRefunded: boolean
  createdAt: Date
  expiresAt: Date
}

/**
 * An order by the unguessable id in its link.
 * @param slug of the shop whose front is asked.
 * @returns null where that shop has none of this id.
 */
export async function findPublicOrder(slug: string, publicId: string): Promise<PublicOrder | null> {
  if (!isId(publicId) || !isId(slug)) return null
  const order = await db().order.findUnique({
    where: { publicId, account: { slug } },
    include: { account: true, items: { orderBy: { position: 'asc' } }, payments: true, refunds: true, movements: true },
  })
  if (!order) return null
  const { number, status, endingAs, totalMinor, currency, createdAt, expiresAt, items } = order
  return {
    ...{ publicId, number, status, endingAs, totalMinor, currency, createdAt, expiresAt },
    shopName: order.account.name,
    items: items.map(({ position, title, quantity, priceMinor, totalMinor: sum }) => ({
      ...{ position, title, quantity, priceMinor, totalMinor: sum },
    })),
    checkoutUrl: status === 'awaitingCard' ? order.checkoutUrl : null,
    isPlaced: order.placedAt !== null,
    isReserved: order.movements.some(({ kind }) => kind === 'reserved'),
    isPaid: order.payments.some(({ status: paid }) => paid === 'succeeded'),
    isConfirmed: order.confirmedAt !== null,
    isRefunded: order.refunds.some(({ status: refunded }) => refunded === 'succeeded'),
  }
}
