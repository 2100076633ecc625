import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'

/** A picture of a product by its row alone: there is no file behind it. @returns its id. */
export async function addPicture(
  { account }: Pick<Actor, 'account'>,
  productId: string,
  { position = 0, status = 'ready' as 'ready' | 'queued' | 'processing' | 'failed' } = {},
): Promise<string> {
  const [id, at] = [randomUUID(), new Date()]
  const isReady = status === 'ready'
  await db().productImage.create({
    data: {
      ...{ id, accountId: account.id, productId, status, position, operations: ['resize'], outputPath: `images/${id}` },
      ...{ format: 'jpeg', width: 2_000, height: 1_000, bytes: 1, sha256: '0'.repeat(64), createdAt: at },
      widths: isReady ? [320, 960, 1_600] : [],
      processedAt: isReady ? at : null,
      failure: status === 'failed' ? 'It could not be read.' : null,
    },
  })
  return id
}

/** Closes a shop by its row alone. */
export async function closeShop({ account: { id } }: Pick<Actor, 'account'>): Promise<void> {
  await db().account.update({ where: { id }, data: { isActive: false, closedAt: new Date() } })
}
