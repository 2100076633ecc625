import { db } from '../db'
import { storage } from '../storage'
import { originalKey } from './image-files'

/**
 * Notes that work on a picture has begun. One that failed for another reason than itself still has its file, and can be
 * begun again.
 * @returns whether there is anything to do: it may be ready, by an earlier run, or gone.
 */
export async function beginProcessing(imageId: string): Promise<'to do' | 'already ready' | 'removed'> {
  const image = await db().productImage.findUnique({ where: { id: imageId } })
  if (!image) return 'removed'
  if (image.status === 'ready') return 'already ready'
  if (!(await storage().find(originalKey(imageId)))) return 'removed'
  await db().productImage.updateMany({
    where: { id: imageId, status: { not: 'ready' } },
    data: { status: 'processing', failure: null },
  })
  return 'to do'
}
