import { now } from '../clock'
import { db } from '../db'
import type { ImageOperation } from '../events'
import { storage } from '../storage'
import { folderOf, workFolder } from './image-files'
import { plannedWidths } from './plan-widths'

export type Processed = { outputPath: string; processedAt: string }

/**
 * Lets a picture be seen, now that all its files are there.
 * @returns null when it was removed meanwhile; nothing of it is left then.
 */
export async function finishProcessing(
  imageId: string,
  operations: readonly ImageOperation[],
): Promise<Processed | null> {
  const image = await db().productImage.findUnique({ where: { id: imageId } })
  if (image)
    await db().productImage.updateMany({
      where: { id: imageId, status: { not: 'ready' } },
      data: { status: 'ready', failure: null, processedAt: now(), widths: plannedWidths(image.width, operations) },
    })
  const ready = await db().productImage.findUnique({ where: { id: imageId } })
  await storage().remove(ready ? workFolder(imageId) : folderOf(imageId))
  return ready && { outputPath: ready.outputPath, processedAt: (ready.processedAt ?? now()).toISOString() }
}
