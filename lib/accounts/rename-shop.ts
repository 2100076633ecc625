import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db } from '../db'
import { shopNameField } from './fields'

export const renameShopForm = z.object({ shopName: shopNameField })

/** Gives the actor's shop another name. Its address stays: people have it in letters and bookmarks. */
export async function renameShop(
  { userId, account }: Pick<Actor, 'userId' | 'account'>,
  { shopName }: z.infer<typeof renameShopForm>,
): Promise<void> {
  await db().account.updateMany({
    where: { id: account.id, ownerId: userId, isActive: true },
    data: { name: shopName },
  })
}
