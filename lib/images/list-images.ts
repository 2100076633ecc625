import type { Actor } from '../auth/actor'
import { db } from '../db'
import type { ProductImage } from '../db/generated/client'
import { isId } from '../is-id'

export type ImageProgress = { percent: number; currentOperation: string }
export type ImageView = ProductImage & { progress: ImageProgress | null }

/** The pictures of one of the actor's products in their order, each with how far its work has come. */
export async function listImages({ account }: Pick<Actor, 'account'>, productId: string): Promise<ImageView[]> {
  if (!isId(productId)) return []
  const images = await db().productImage.findMany({
    where: { productId, accountId: account.id },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  const runs = await db().run.findMany({
    where: { record: { in: images.map(({ id }) => `image/${id}`) }, functionId: 'process-image' },
    orderBy: [{ queuedAt: 'asc' }, { id: 'asc' }],
    select: { record: true, progress: true },
  })
  const byRecord = new Map(runs.map(({ record, progress }) => [record, progress as ImageProgress | null]))
  return images.map((image) => ({ ...image, progress: byRecord.get(`image/${image.id}`) ?? null }))
}
