import type { Readable } from 'node:stream'
import { db } from '../db'
import { isId } from '../is-id'
import { storage } from '../storage'
import { servedKey } from './image-files'

export type ServedImage = { etag: string; bytes: number; width: number; read: () => Readable }

/**
 * A picture that is ready, for anybody: the smallest of its files that is at least so wide, or its widest.
 * @returns null when there is no such picture, or it isn't ready.
 */
export async function findServedImage(imageId: string, atLeast: number): Promise<ServedImage | null> {
  if (!isId(imageId)) return null
  const image = await db().productImage.findUnique({ where: { id: imageId, status: 'ready' } })
  const widths = image?.widths.toSorted((a, b) => a - b) ?? []
  const width = widths.find((each) => each >= atLeast) ?? widths.at(-1)
  if (!image?.processedAt || width === undefined) return null
  const key = servedKey(imageId, width)
  const file = await storage().find(key)
  if (!file) return null
  const etag = `"${imageId}-${width}-${image.processedAt.getTime()}"`
  return { etag, bytes: file.bytes, width, read: () => storage().read(key) }
}
