import { randomUUID } from 'node:crypto'
import type { Prisma } from '../../lib/db/generated/client'
import { type LetterTemplate, letterKind } from '../../lib/emails/letters'
import { formatMoney } from '../../lib/money/format-money'
import { orderUrl } from '../../lib/orders/order-url'
import type { OrderRows } from './rows'

const DAY_MS = 24 * 3_600_000
const SENDING_MS = 400

type Shop = { name: string; slug: string }

/** The letters that reached the customer of an order, as the email ledger has them. */
export function lettersOf({ order, items, planned }: OrderRows, shop: Shop, now: Date): Prisma.LetterCreateManyInput[] {
  const { outcome, confirmedAt, endedAt, placedAt } = planned
  const letter = (kind: string, template: LetterTemplate, at: Date, more: object = {}) =>
    rowOf(`order/${order.id}/${kind}`, order.customerEmail, template, at, {
      ...{ name: order.customerName, shopName: shop.name, number: order.number },
      ...{ orderUrl: orderUrl(shop.slug, order.publicId), ...more },
    })
  const rows: Prisma.LetterCreateManyInput[] = []
  const currency = order.currency
  if (confirmedAt)
    rows.push(
      letter('confirmation', 'order-confirmation', confirmedAt, {
        items: items.map(({ title, quantity, totalMinor }) => ({
          title,
          quantity,
          total: formatMoney(totalMinor, currency),
        })),
        total: formatMoney(order.totalMinor, currency),
      }),
    )
  const dueAt = confirmedAt && new Date(confirmedAt.getTime() + DAY_MS)
  if (dueAt && dueAt < now && !(endedAt && endedAt < dueAt)) rows.push(letter('reminder', 'order-reminder', dueAt))
  if (endedAt && placedAt)
    rows.push(letter('not-confirmed', 'order-not-confirmed', endedAt, { outcome, wasPaid: confirmedAt !== null }))
  return rows
}

function rowOf(
  key: string,
  to: string,
  template: LetterTemplate,
  at: Date,
  about: object,
): Prisma.LetterCreateManyInput {
  const kind = letterKind(template)
  const data = kind.data.parse(about) as Prisma.InputJsonObject
  return {
    ...{ id: randomUUID(), key, to, template, data, subject: kind.subject(data), status: 'sent', attempts: 1 },
    ...{ providerId: randomUUID(), firstTryAt: at, createdAt: at, sentAt: new Date(at.getTime() + SENDING_MS) },
  }
}
