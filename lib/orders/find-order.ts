import type { Actor } from '../auth/actor'
import { db, type Prisma } from '../db'
import { isId } from '../is-id'

const whole = {
  items: { orderBy: { position: 'asc' } },
  payments: { orderBy: { createdAt: 'asc' } },
  refunds: { orderBy: { requestedAt: 'asc' } },
  movements: { orderBy: { id: 'asc' } },
} satisfies Prisma.OrderInclude

export type WholeOrder = Prisma.OrderGetPayload<{ include: typeof whole }>

/** One order of the actor's shop, with its items, money and stock; null where it has none of this id. */
export async function findOrder({ account }: Pick<Actor, 'account'>, id: string): Promise<WholeOrder | null> {
  return isId(id) ? db().order.findUnique({ where: { id, accountId: account.id }, include: whole }) : null
}
