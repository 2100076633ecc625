import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { db } from '../../lib/db'
import type { ImageOperation } from '../../lib/events'
import { folderOf, originalKey, servedKey, writeFile } from '../../lib/images/image-files'
import { plannedWidths } from '../../lib/images/plan-widths'
import { drawProduct } from './index'

const WIDTH = 960
const OPERATIONS: ImageOperation[] = ['resize', 'compress']
/** What `process-image` compresses to. */
const QUALITY = 72
/** Flat shapes need no more of it, and somebody waits. */
const EFFORT = 2
const AT_ONCE = 3

type Product = { id: string; sku: string }

/**
 * Draws a picture of each product of a shop that has none, and leaves it as if it had been uploaded and processed: the
 * same files, and the same row.
 */
export async function addPictures(accountId: string, now: Date): Promise<void> {
  const bare = await db().product.findMany({
    where: { accountId, images: { none: {} } },
    select: { id: true, sku: true },
  })
  const next = async (): Promise<void> => {
    for (let product = bare.shift(); product; product = bare.shift()) await addPicture(accountId, product, now)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

async function addPicture(accountId: string, { id: productId, sku }: Product, now: Date): Promise<void> {
  const svg = drawProduct(sku, WIDTH)
  if (!svg) return
  const id = randomUUID()
  const original = await sharp(Buffer.from(svg)).png({ compressionLevel: 3 }).toBuffer()
  await writeFile(originalKey(id), original)
  const widths = plannedWidths(WIDTH, OPERATIONS)
  for (const width of widths) {
    const file = sharp(Buffer.from(drawProduct(sku, width) ?? svg)).webp({ quality: QUALITY, effort: EFFORT })
    await writeFile(servedKey(id, width), await file.toBuffer())
  }
  await db().productImage.create({
    data: {
      ...{ id, accountId, productId, operations: OPERATIONS, outputPath: folderOf(id), status: 'ready', widths },
      ...{ format: 'png', width: WIDTH, height: WIDTH, bytes: original.byteLength, position: 0 },
      ...{ sha256: createHash('sha256').update(original).digest('hex'), createdAt: now, processedAt: now },
    },
  })
}
