import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db, type Prisma } from '../db'
import { searchOrders } from './search-orders'
import { type OrderStatus, orderStatuses, orderStatusWords } from './statuses'

const PAGE_SIZE = 50
const MOST_SEARCHED = 100
/** Beyond so many, a count says no more than that there are more. */
export const MOST_COUNTED = 10_000

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

const columns = {
  ...{ id: true, number: true, status: true, endingAs: true, customerName: true, customerEmail: true, address: true },
  ...{ totalMinor: true, currency: true, createdAt: true, placedAt: true, confirmedAt: true, endedAt: true },
  payments: { where: { status: 'succeeded' }, select: { refundedMinor: true } },
} as const satisfies Prisma.OrderSelect

export type OrderLine = Omit<Prisma.OrderGetPayload<{ select: typeof columns }>, 'payments'> & {
  /** What of its money was given back so far. */
  refundedMinor: number
}

export type OrderPage = { orders: OrderLine[]; nextCursor: number | null }

/**
 * A page of the orders of the actor's shop, newest first.
 * @param filter `search` is an order's number; or a customer's whole email; or words of a customer's name or email as they
 *   ordered, or parts of words, without regard to case and accents, all of which must be there. Of a word of one or two
 *   letters, it is the beginning.
 * @param size how many at most.
 */
export async function listOrders(
  { account }: Pick<Actor, 'account'>,
  filter: OrderFilter,
  size = PAGE_SIZE,
): Promise<OrderPage> {
  const found = await db().order.findMany({
    where: await conditionsOf(account.id, filter, size + 1),
    select: columns,
    orderBy: { number: 'desc' },
    take: size + 1,
  })
  const orders = found.slice(0, size).map(({ payments, ...order }) => ({
    ...order,
    refundedMinor: payments.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
  }))
  return { orders, nextCursor: found.length > size ? (orders.at(-1)?.number ?? null) : null }
}

async function conditionsOf(
  accountId: string,
  { status, search, cursor }: OrderFilter,
  take: number,
): Promise<Prisma.OrderWhereInput> {
  const where = { accountId, ...(status ? { status } : {}), ...(cursor ? { number: { lt: cursor } } : {}) }
  if (!search) return where
  if (/^#?\d{1,9}$/.test(search)) return { ...where, AND: { number: Number(search.replace('#', '')) } }
  const customerId = await findCustomer(accountId, search)
  if (customerId) return { ...where, customerId }
  return { accountId, number: { in: await searchOrders({ accountId, status, before: cursor, search, take }) } }
}

/** The customer who has an address, if it is a whole one. */
async function findCustomer(accountId: string, text: string): Promise<string | undefined> {
  if (!text.includes('@')) return undefined
  const where = { accountId_email: { accountId, email: text.toLowerCase() } }
  return (await db().customer.findUnique({ where, select: { id: true } }))?.id
}

export type OrderCount = {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

/**
 * How many orders of the actor's shop there are of each status, each counted up to `MOST_COUNTED`. Beyond that nobody
 * reads the number, and so no writer has to keep it, and a shop of a million orders is counted as fast as a small one.
 */
export async function countOrders({ account }: Pick<Actor, 'account'>): Promise<Record<OrderStatus, OrderCount>> {
  const counted = await db().$queryRaw<{ status: string; found: number }[]>`
    SELECT status::text, (
      SELECT count(*)::int FROM (
        SELECT FROM "Order" WHERE "accountId" = ${account.id} AND "status" = given.status LIMIT ${MOST_COUNTED + 1}
      ) AS capped
    ) AS found
    FROM unnest(enum_range(NULL::"order_status")) AS given (status)`
  const byWords = new Map(counted.map(({ status, found }) => [status, found]))
  const counts = orderStatuses.map((status) => {
    const found = byWords.get(orderStatusWords[status]) ?? 0
    return [status, { count: Math.min(found, MOST_COUNTED), isMore: found > MOST_COUNTED }]
  })
  return Object.fromEntries(counts)
}
