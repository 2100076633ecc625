import { db } from '../db'

/** A picture that is ready, as it may be served at `/images/<id>/<width>`. */
export type Picture = {
  id: string
  /** Of the original, in pixels. */
  width: number
  height: number
  /** That it is kept in, in pixels. */
  widths: number[]
}

/** The first picture of each of some products that have one which is ready, by the product's id. */
export async function firstPictures(productIds: readonly string[]): Promise<Map<string, Picture>> {
  const rows = await db().$queryRaw<(Picture & { productId: string })[]>`
    SELECT DISTINCT ON ("productId") "productId", "id", "width", "height", "widths" FROM "ProductImage"
    WHERE "productId" = ANY(${[...productIds]}) AND "status" = 'ready'
    ORDER BY "productId", "position", "id"`
  return new Map(rows.map(({ productId, ...picture }) => [productId, picture]))
}
