import type { Actor } from '../auth/actor'
import { db, type Prisma } from '../db'
import type { Letter } from '../db/generated/client'
import { isId } from '../is-id'
import { readWorkOfRecord, type Work } from '../runs/read-work'
import { orderLetterKeys } from './send-order-letter'

const whole = {
  items: { orderBy: { position: 'asc' } },
  payments: { orderBy: { createdAt: 'asc' } },
  refunds: { orderBy: { requestedAt: 'asc' } },
  movements: { orderBy: { id: 'asc' } },
} satisfies Prisma.OrderInclude

export type OrderLetter = Pick<Letter, 'id' | 'subject' | 'status' | 'createdAt' | 'sentAt'>

export type WholeOrder = Prisma.OrderGetPayload<{ include: typeof whole }> & { letters: OrderLetter[]; work: Work }

/**
 * One order of the actor's shop, with its items, money, stock and letters, and the runs that work for it; null where it
 * has none of this id.
 */
export async function findOrder({ account }: Pick<Actor, 'account'>, id: string): Promise<WholeOrder | null> {
  if (!isId(id)) return null
  const order = await db().order.findUnique({ where: { id, accountId: account.id }, include: whole })
  if (!order) return null
  const [letters, work] = await Promise.all([
    db().letter.findMany({
      where: { key: { in: orderLetterKeys(id) } },
      select: { id: true, subject: true, status: true, createdAt: true, sentAt: true },
      orderBy: { createdAt: 'asc' },
    }),
    readWorkOfRecord(`order/${id}`),
  ])
  return { ...order, letters, work }
}
