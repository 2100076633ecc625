import { db, Prisma } from '../db'
import { holds } from '../holds-word'
import { type OrderStatus, orderStatusWords } from './statuses'

/** So many of the newest orders are looked through one by one; what fewer than one of 300 has is left to the index. */
const WALKED = 15_000

type Asked = {
  accountId: string
  status?: OrderStatus | undefined
  /** Only orders of a lower number. */
  before?: number | undefined
  search: string
  /** How many at most. */
  take: number
}

/**
 * The numbers of the orders whose customer has all words of a search in their name or email, highest first.
 *
 * What many orders have is found soon among the newest ones, without an index: that would bring all of them, to take a
 * page. What few have is found by the index. Which of both it is, the database's planner can only guess, and guesses
 * wrong for words that are in no order; so it isn't asked. Only one or two signs that are no letters, which no index knows,
 * and which the newest orders don't have, cost a look at all orders of the shop.
 * @param walked so many of the newest are looked through one by one. What is found doesn't depend on it.
 */
export async function searchOrders({ search, take, ...which }: Asked, walked = WALKED): Promise<number[]> {
  const words = Prisma.join(search.split(/\s+/).filter(Boolean).map(conditionOf), ' AND ')
  const [newest, reach] = await Promise.all([amongNewest(which, words, { take, walked }), endOfNewest(which, walked)])
  if (newest.length >= take || reach === null) return newest
  return [...newest, ...(await byIndex({ ...which, before: reach }, words, take - newest.length))]
}

/**
 * That an order's customer has a word. Of an address, the index is asked for what stands before the `@`: very many have what
 * comes after it, and to read all of those takes longer than to look at the few that are left.
 */
function conditionOf(word: string): Prisma.Sql {
  const before = word.slice(0, word.indexOf('@') + 1)
  // The index is of use from three letters on.
  if (!/[a-z0-9]{3}/i.test(before)) return holds(word)
  return Prisma.sql`${holds(before)} AND strpos("searchText", "foldText"(${word})) > 0`
}

type Which = Omit<Asked, 'search' | 'take'>

async function amongNewest(
  which: Which,
  words: Prisma.Sql,
  { take, walked }: { take: number; walked: number },
): Promise<number[]> {
  return numbersOf(
    await db().$queryRaw<Numbered[]>`
      WITH newest AS MATERIALIZED (
        SELECT "number", "searchText" FROM "Order" WHERE ${ofThose(which)} ORDER BY "number" DESC LIMIT ${walked}
      )
      SELECT "number" FROM newest WHERE ${words} ORDER BY "number" DESC LIMIT ${take}`,
  )
}

/** The number of the last of the newest ones; null where there are none beyond it. */
async function endOfNewest(which: Which, walked: number): Promise<number | null> {
  const [last, next] = numbersOf(
    await db().$queryRaw<Numbered[]>`
      SELECT "number" FROM "Order" WHERE ${ofThose(which)} ORDER BY "number" DESC OFFSET ${walked - 1} LIMIT 2`,
  )
  return last !== undefined && next !== undefined ? last : null
}

/** All that fit are found before the page is cut from them: without that, the planner might walk to the very end. */
async function byIndex(which: Which, words: Prisma.Sql, take: number): Promise<number[]> {
  return numbersOf(
    await db().$queryRaw<Numbered[]>`
      WITH found AS MATERIALIZED (SELECT "number" FROM "Order" WHERE ${ofThose(which)} AND ${words})
      SELECT "number" FROM found ORDER BY "number" DESC LIMIT ${take}`,
  )
}

type Numbered = { number: number }
const numbersOf = (rows: Numbered[]) => rows.map(({ number }) => number)

function ofThose({ accountId, status, before }: Which): Prisma.Sql {
  const conditions = [Prisma.sql`"accountId" = ${accountId}`]
  if (status) conditions.push(Prisma.sql`"status" = ${orderStatusWords[status]}::"order_status"`)
  if (before) conditions.push(Prisma.sql`"number" < ${before}`)
  return Prisma.join(conditions, ' AND ')
}
