import type { z } from 'zod'
import { db, Prisma } from '../db'
import type { Product } from '../db/generated/client'
import { beyond, cursorOf, orderOf } from '../products/list-order'
import { filterConditions, productFilter } from '../products/list-products'
import type { Shop } from './find-shop'
import { firstPictures, type Picture } from './first-pictures'

const PAGE_SIZE = 24

/** What an address bar may hold; whatever doesn't fit is as if it were not there. */
export const shelfFilter = productFilter.pick({ search: true, cursor: true })

export type ShelfFilter = z.infer<typeof shelfFilter>

/** A product as its shop's customers see it. */
export type PublicProduct = Pick<Product, 'id' | 'title' | 'priceMinor' | 'currency' | 'available'> & {
  /** The first of those that are ready. */
  picture: Picture | null
}

export type Shelf = { products: PublicProduct[]; nextCursor: string | null }

/**
 * A page of what a shop sells, by title; what is sold out stays in its place.
 * @param filter `search` as an owner's list has it.
 */
export async function listPublicProducts({ id }: Pick<Shop, 'id'>, { search, cursor }: ShelfFilter): Promise<Shelf> {
  const rest = cursor ? beyond('title', cursor) : null
  const conditions = [...filterConditions({ show: 'all', search }), ...(rest ? [rest] : [])]
  const found = await db().$queryRaw<Product[]>`
    SELECT "id", "title", "priceMinor", "currency", "available", "isAmple", "updatedAt", "searchText" FROM "Product"
    WHERE "accountId" = ${id} AND ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${orderOf('title')} LIMIT ${PAGE_SIZE + 1}`
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const pictures = await firstPictures(page.map((product) => product.id))
  return {
    products: page.map((product) => publicProduct(product, pictures)),
    nextCursor: found.length > PAGE_SIZE && last ? cursorOf('title', last) : null,
  }
}

function publicProduct(product: Product, pictures: ReadonlyMap<string, Picture>): PublicProduct {
  const { id, title, priceMinor, currency, available } = product
  return { id, title, priceMinor, currency, available, picture: pictures.get(id) ?? null }
}
