import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db, Prisma } from '../db'
import type { Product } from '../db/generated/client'
import { holds } from '../holds-word'
import { beyond, cursorOf, orderOf, productSorts } from './list-order'

const PAGE_SIZE = 50
export const MOST_SEARCHED = 100

/** What an address bar may hold; whatever doesn't fit is as if it were not there. */
export const productFilter = z.object({
  /** All that are in the shop, those of them whose stock is low, or those that are archived. */
  show: z.enum(['all', 'low', 'archived']).catch('all'),
  search: z
    .string()
    .transform((text) => text.replaceAll('\u0000', '').trim().slice(0, MOST_SEARCHED))
    .optional()
    .catch(undefined),
  sort: z.enum(productSorts).catch('low'),
  cursor: z.string().max(2_000).optional().catch(undefined),
})

export type ProductFilter = z.infer<typeof productFilter>

export type ProductLine = Pick<
  Product,
  | 'id'
  | 'sku'
  | 'title'
  | 'priceMinor'
  | 'currency'
  | 'onHand'
  | 'reserved'
  | 'available'
  | 'isAmple'
  | 'archivedAt'
  | 'updatedAt'
>

export type ProductPage = { products: ProductLine[]; nextCursor: string | null }

const columns = Prisma.sql`
  "id", "sku", "title", "priceMinor", "currency", "onHand", "reserved", "available", "isAmple", "archivedAt",
  "updatedAt", "searchText"`

/**
 * A page of the actor's products.
 * @param filter `search` is words of a title or an SKU, or parts of them, without regard to case and accents; all of them
 *   must be there. Of a word of one or two letters, it is the beginning.
 */
export async function listProducts({ account }: Pick<Actor, 'account'>, filter: ProductFilter): Promise<ProductPage> {
  const found = await db().$queryRaw<(ProductLine & { searchText: string })[]>`
    SELECT ${columns} FROM "Product"
    WHERE "accountId" = ${account.id} AND ${Prisma.join(conditionsOf(filter), ' AND ')}
    ORDER BY ${orderOf(filter.sort)} LIMIT ${PAGE_SIZE + 1}`
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const nextCursor = found.length > PAGE_SIZE && last ? cursorOf(filter.sort, last) : null
  return { products: page.map(({ searchText, ...line }) => line), nextCursor }
}

/** Of how many products in the shop the stock is low. */
export function countLowStock({ account }: Pick<Actor, 'account'>): Promise<number> {
  return db().product.count({ where: { accountId: account.id, archivedAt: null, isAmple: false } })
}

function conditionsOf({ sort, cursor, ...filter }: ProductFilter): Prisma.Sql[] {
  const rest = cursor ? beyond(sort, cursor) : null
  return [...filterConditions(filter), ...(rest ? [rest] : [])]
}

/** That a product is one of those that a filter shows, as SQL. */
export function filterConditions({ show, search }: Pick<ProductFilter, 'show' | 'search'>): Prisma.Sql[] {
  const words = search?.split(/\s+/).filter(Boolean) ?? []
  return [
    show === 'archived' ? Prisma.sql`"archivedAt" IS NOT NULL` : Prisma.sql`"archivedAt" IS NULL`,
    ...(show === 'low' ? [Prisma.sql`"isAmple" = false`] : []),
    ...words.map(holds),
  ]
}
