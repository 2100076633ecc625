import sharp, { type Sharp } from 'sharp'
import { db } from '../db'
import type { ImageOperation } from '../events'
import { storage } from '../storage'
import { MOST_PIXELS } from './check-picture'
import { folderOf, originalKey, readFile, servedKey, workKey, writeFile } from './image-files'
import { PictureError } from './picture-error'
import { plannedWidths } from './plan-widths'
import { watermarkOf } from './watermark'

/** How long one operation may take. Real time. */
const OPERATION_LIMIT_MS = 60_000

const QUALITY = { compressed: 72, fine: 90 }

export type Operation = {
  imageId: string
  operations: readonly ImageOperation[]
  /** Which of them, from 0. */
  index: number
}

/** Stops the work: the library's own by its end, all else by its signal. */
type Limit = { signal: AbortSignal; endsAt: number }

type Image = { id: string; width: number; shopName: string }

/**
 * Does one operation on every file of a picture, from what the one before it has left. A second time, it writes the same.
 * @param limitMs what takes longer is stopped; by the machine's time.
 * @throws PictureError when the picture can't be read to its end, an error of the limit, or what the storage throws.
 */
export async function performOperation(operation: Operation, limitMs = OPERATION_LIMIT_MS): Promise<void> {
  const { imageId } = operation
  const limit = { signal: AbortSignal.timeout(limitMs), endsAt: performance.now() + limitMs }
  const image = await findOpen(imageId)
  if (!image) return
  await makeFiles(image, operation, limit)
  // Removed meanwhile: what was written after that would stay for ever.
  if (!(await db().productImage.findUnique({ where: { id: imageId } }))) await storage().remove(folderOf(imageId))
}

/** While one file is forced to the disk, the next one is made. */
async function makeFiles(image: Image, operation: Operation, limit: Limit): Promise<void> {
  let read: { key: string; source: Buffer } = { key: '', source: Buffer.alloc(0) }
  let written = Promise.resolve()
  for (const width of filesAfter(image.width, operation.operations, operation.index)) {
    const key = sourceKey(image, operation, width)
    if (key !== read.key) read = { key, source: await readFile(key) }
    const made = await makeFile(read.source, image, operation, { width, ...limit })
    limit.signal.throwIfAborted()
    await written
    written = writeFile(targetKey(operation, width), made, limit.signal)
    // It is waited for below, or given up with the file after it.
    written.catch(() => {})
  }
  await written
}

async function findOpen(id: string): Promise<Image | null> {
  const found = await db().productImage.findUnique({ where: { id }, include: { account: { select: { name: true } } } })
  return found && found.status !== 'ready' ? { id, width: found.width, shopName: found.account.name } : null
}

/** The widths of the files that there are once the operations up to `index` are done. */
function filesAfter(width: number, operations: readonly ImageOperation[], index: number): number[] {
  return plannedWidths(width, operations.slice(0, index + 1))
}

function sourceKey({ id, width: own }: Image, { operations, index }: Operation, width: number): string {
  if (index === 0) return originalKey(id)
  return workKey(id, index - 1, filesAfter(own, operations, index - 1).includes(width) ? width : own)
}

/** Only what the last operation makes is served. */
function targetKey({ imageId, operations, index }: Operation, width: number): string {
  return index === operations.length - 1 ? servedKey(imageId, width) : workKey(imageId, index, width)
}

async function makeFile(
  source: Buffer,
  image: Image,
  { operations, index }: Operation,
  { width, signal, endsAt }: { width: number } & Limit,
): Promise<Buffer> {
  // The library stops by its own limit alone, which is in whole seconds, and takes 0 for none.
  const seconds = Math.max(1, Math.ceil((endsAt - performance.now()) / 1_000))
  const picture = sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
    .timeout({ seconds })
    .autoOrient()
  const kind = operations[index]
  if (kind === 'resize') picture.resize({ width, withoutEnlargement: true })
  if (kind === 'watermark') picture.composite([await watermarkOf(image.shopName, source)])
  signal.throwIfAborted()
  return encoded(picture, operations, index)
    .toBuffer()
    .catch((error: unknown) => {
      throw isTimeout(error) ? error : new PictureError(error)
    })
}

/**
 * Loss comes with `compress`, and stays; what lies between two operations before that is kept without any, and not packed
 * either: that took twice as long as the resizing itself.
 */
function encoded(picture: Sharp, operations: readonly ImageOperation[], index: number): Sharp {
  if (operations.slice(0, index + 1).includes('compress')) return picture.webp({ quality: QUALITY.compressed })
  return index === operations.length - 1
    ? picture.webp({ quality: QUALITY.fine })
    : picture.png({ compressionLevel: 0 })
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout/i.test(error.message)
}
