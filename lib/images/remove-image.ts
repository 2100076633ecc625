import type { Actor } from '../auth/actor'
import { db } from '../db'
import { isId } from '../is-id'
import { storage } from '../storage'
import { folderOf } from './image-files'

export type ImageRemoved = { ok: true } | { ok: false; message: string }

/** Removes one of the actor's pictures with all its files. Work on it that is under way finds it gone, and ends. */
export async function removeImage({ account }: Pick<Actor, 'account'>, imageId: string): Promise<ImageRemoved> {
  const where = { id: imageId, accountId: account.id }
  const { count } = isId(imageId) ? await db().productImage.deleteMany({ where }) : { count: 0 }
  if (count === 0) return { ok: false, message: 'There is no such picture.' }
  await storage().remove(folderOf(imageId))
  return { ok: true }
}
