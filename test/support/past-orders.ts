import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import type { OrderStatus } from '@/lib/orders/statuses'
import { addOrder } from './shop'

export type PastOrder = {
  placedAt: Date
  status: Extract<OrderStatus, 'placed' | 'confirmed' | 'refunded' | 'cancelled' | 'failed' | 'declined'>
  /** When it ended, of those that have. */
  endedAt?: Date
  items: { productId: string; priceMinor: number; quantity: number }[]
  currency?: string
  customerAt?: Date
  /** Given back by hand, of one that stands. */
  refundedMinor?: number
}

/** An order of an earlier time by its rows alone, as it came out. @returns its id. */
export async function pastOrder(actor: Pick<Actor, 'account'>, past: PastOrder): Promise<string> {
  const { placedAt, status, endedAt, items, customerAt = placedAt, refundedMinor = 0 } = past
  const id = await addOrder(actor)
  const totalMinor = items.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0)
  const isConfirmed = ['confirmed', 'refunded'].includes(status)
  const currency = past.currency ?? actor.account.currency
  const rows = items.map((item, position) => ({ ...item, position, sku: 'S', title: `T ${item.productId}` }))
  const order = await db().order.update({
    where: { id },
    data: {
      ...{
        status: 'placed',
        placedAt,
        createdAt: placedAt,
        totalMinor,
        currency,
        providerCustomerId: 'c',
        providerCardId: 'p',
      },
      items: { create: rows.map((row) => ({ ...row, totalMinor: row.priceMinor * row.quantity })) },
    },
  })
  await db().customer.update({ where: { id: order.customerId }, data: { createdAt: customerAt } })
  if (status === 'placed') return id
  if (isConfirmed) await db().order.update({ where: { id }, data: { status: 'confirmed', confirmedAt: placedAt } })
  if (status !== 'confirmed') await db().order.update({ where: { id }, data: { status, endedAt: endedAt ?? placedAt } })
  if (refundedMinor > 0) await paid(id, totalMinor, currency, refundedMinor, placedAt)
  return id
}

async function paid(orderId: string, amountMinor: number, currency: string, refundedMinor: number, at: Date) {
  const status = 'succeeded' as const
  await db().payment.create({
    data: {
      ...{ id: randomUUID(), orderId, status, amountMinor, currency, refundedMinor, createdAt: at, endedAt: at },
      providerIntentId: randomUUID(),
    },
  })
}
