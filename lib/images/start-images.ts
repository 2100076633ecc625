import type { Actor } from '../auth/actor'
import { db, type Tx } from '../db'
import type { ProductImage } from '../db/generated/client'
import { isId } from '../is-id'
import { publishAll } from '../outbox/publish'

/**
 * Asks for the work on many pictures that were uploaded before, in one transaction: all their events go out as one batch.
 * Those that are under way already, and those of others, are passed over.
 * @returns the ids of those that were asked for.
 */
export async function startImages({ account }: Pick<Actor, 'account'>, imageIds: readonly string[]): Promise<string[]> {
  const ids = imageIds.filter(isId)
  return db().$transaction(async (tx) => {
    const started = await tx.productImage.updateManyAndReturn({
      where: { id: { in: ids }, accountId: account.id, status: 'uploaded' },
      data: { status: 'queued' },
    })
    await publishUploaded(tx, started)
    return started.map(({ id }) => id)
  })
}

/** One event for each picture, once. */
export async function publishUploaded(tx: Tx, images: readonly ProductImage[]): Promise<void> {
  await publishAll(
    tx,
    images.map(({ id, operations, outputPath }) => ({
      name: 'image/uploaded' as const,
      id: `image/${id}/uploaded`,
      data: { imageId: id, operations, outputPath },
    })),
  )
}
