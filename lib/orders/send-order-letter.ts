import { db } from '../db'
import { type LetterSent, sendLetter } from '../emails/send-letter'
import { formatMoney } from '../money/format-money'
import { orderUrl } from './order-url'
import type { OrderStatus } from './statuses'

export type Skipped = { sent: false; reason: string }

const keyOf = (orderId: string, letter: 'confirmation' | 'reminder' | 'not-confirmed') => `order/${orderId}/${letter}`

/** The keys of all letters that a customer may get for an order. */
export function orderLetterKeys(orderId: string): string[] {
  return [keyOf(orderId, 'confirmation'), keyOf(orderId, 'reminder'), keyOf(orderId, 'not-confirmed')]
}

/** Tells a customer that their order is confirmed, once; not where it is to be undone. */
export async function sendConfirmation(orderId: string): Promise<LetterSent | Skipped> {
  const order = await orderOf(orderId)
  if (order.status !== 'confirmed' || order.endingAs) return { sent: false, reason: order.endingAs ?? order.status }
  const items = order.items.map(({ title, quantity, totalMinor }) => ({
    ...{ title, quantity, total: formatMoney(totalMinor, order.currency) },
  }))
  const data = { ...letterData(order), items, total: formatMoney(order.totalMinor, order.currency) }
  return sendLetter({
    key: keyOf(orderId, 'confirmation'),
    to: order.customerEmail,
    template: 'order-confirmation',
    data,
  })
}

/** Tells a customer that a day has gone by since their order was confirmed, once; not where it was undone. */
export async function sendReminder(orderId: string): Promise<LetterSent | Skipped> {
  const order = await orderOf(orderId)
  if (order.status !== 'confirmed' || order.endingAs) return { sent: false, reason: order.endingAs ?? order.status }
  const key = keyOf(orderId, 'reminder')
  return sendLetter({ key, to: order.customerEmail, template: 'order-reminder', data: letterData(order) })
}

/**
 * Tells a customer how their order has come out, once: that it is confirmed, where its own run could not tell, or why it
 * has ended. A confirmation that was refused for good is not tried again here.
 */
export async function sendOutcome(orderId: string): Promise<LetterSent | Skipped> {
  const order = await orderOf(orderId)
  if (order.status === 'confirmed') {
    const tried = await db().letter.findUnique({ where: { key: keyOf(orderId, 'confirmation') } })
    const isDecided = tried?.status === 'failed' || tried?.status === 'unknown'
    return isDecided ? { sent: false, reason: `the letter is ${tried.status}` } : sendConfirmation(orderId)
  }
  const outcome = outcomes[order.status]
  if (!outcome || !order.placedAt) return { sent: false, reason: order.status }
  const wasPaid = order.payments.some(({ status }) => status === 'succeeded')
  const data = { ...letterData(order), outcome, wasPaid }
  const key = keyOf(orderId, 'not-confirmed')
  return sendLetter({ key, to: order.customerEmail, template: 'order-not-confirmed', data })
}

const outcomes: Partial<Record<OrderStatus, string>> = {
  declined: 'declined',
  outOfStock: 'outOfStock',
  cancelled: 'cancelled',
  failed: 'failed',
  refunded: 'refunded',
}

function orderOf(id: string) {
  return db().order.findUniqueOrThrow({
    where: { id },
    include: { account: true, items: { orderBy: { position: 'asc' } }, payments: true },
  })
}

function letterData({ account, number, publicId, customerName }: Awaited<ReturnType<typeof orderOf>>) {
  return { name: customerName, shopName: account.name, number, orderUrl: orderUrl(account.slug, publicId) }
}
