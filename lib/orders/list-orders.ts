import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db, type Prisma } from '../db'
import type { Order } from '../db/generated/client'
import { type OrderStatus, orderStatuses } from './statuses'

const PAGE_SIZE = 50
const MOST_SEARCHED = 100

/** What an address bar may hold; whatever doesn't fit is as if it were not there. */
export const orderFilter = z.object({
  status: z.enum(orderStatuses).optional().catch(undefined),
  search: z
    .string()
    .transform((text) => text.replaceAll('\u0000', '').trim().slice(0, MOST_SEARCHED))
    .optional()
    .catch(undefined),
  /** The last page's `nextCursor`: a number. */
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined),
})

export type OrderFilter = z.infer<typeof orderFilter>

export type OrderLine = Pick<
  Order,
  'id' | 'number' | 'status' | 'endingAs' | 'customerName' | 'customerEmail' | 'totalMinor' | 'currency' | 'createdAt'
>

export type OrderPage = { orders: OrderLine[]; nextCursor: number | null }

/**
 * A page of the orders of the actor's shop, newest first.
 * @param filter `search` is an order's number, or the beginning of the customer's address or name as they wrote it.
 */
export async function listOrders({ account }: Pick<Actor, 'account'>, filter: OrderFilter): Promise<OrderPage> {
  const { status, search, cursor } = filter
  const found = await db().order.findMany({
    where: {
      accountId: account.id,
      ...(status ? { status } : {}),
      ...(cursor ? { number: { lt: cursor } } : {}),
      ...(search ? matching(search) : {}),
    },
    orderBy: { number: 'desc' },
    take: PAGE_SIZE + 1,
  })
  const orders = found.slice(0, PAGE_SIZE)
  return { orders, nextCursor: found.length > PAGE_SIZE ? (orders.at(-1)?.number ?? null) : null }
}

function matching(search: string): Prisma.OrderWhereInput {
  if (/^#?\d{1,9}$/.test(search)) return { AND: { number: Number(search.replace('#', '')) } }
  // Prisma hands on the signs that LIKE reads as any text.
  const begins = { startsWith: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const }
  return { customer: { OR: [{ email: begins }, { name: begins }] } }
}

/** How many orders of the actor's shop there are of each status. */
export async function countOrders({ account }: Pick<Actor, 'account'>): Promise<Partial<Record<OrderStatus, number>>> {
  const rows = await db().order.groupBy({ by: ['status'], where: { accountId: account.id }, _count: true })
  return Object.fromEntries(rows.map(({ status, _count }) => [status, _count]))
}
