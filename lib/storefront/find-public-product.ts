import { db } from '../db'
import type { Product } from '../db/generated/client'
import { isId } from '../is-id'
import type { Shop } from './find-shop'
import type { Picture } from './first-pictures'

/** A product on its own page. */
export type PublicProductWhole = Pick<
  Product,
  'id' | 'title' | 'description' | 'priceMinor' | 'currency' | 'available'
> & {
  /** Those that are ready, in their order. */
  pictures: Picture[]
}

/** A product that a shop sells; null where it sells none of this id, or no more. */
export async function findPublicProduct(
  { id: accountId }: Pick<Shop, 'id'>,
  id: string,
): Promise<PublicProductWhole | null> {
  if (!isId(id)) return null
  const found = await db().product.findUnique({
    where: { id, accountId, archivedAt: null },
    select: {
      ...{ id: true, title: true, description: true, priceMinor: true, currency: true, available: true },
      images: {
        where: { status: 'ready' },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        select: { id: true, width: true, height: true, widths: true },
      },
    },
  })
  if (!found) return null
  const { images: pictures, ...product } = found
  return { ...product, pictures }
}
