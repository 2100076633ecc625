import { randomUUID } from 'node:crypto'
import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db, type Tx } from '../db'
import type { ImageOperation } from '../events'
import { isId } from '../is-id'
import { storage, TooLargeError } from '../storage'
import {
  checkPicture,
  formatOf,
  HEAD_BYTES,
  MOST_BYTES,
  type Picture,
  TOO_MANY_BYTES,
  WRONG_TYPE,
} from './check-picture'
import { folderOf, originalKey, readFile } from './image-files'
import { publishUploaded } from './start-images'

export type Upload = {
  productId: string
  /** Done in this order, each once. */
  operations: ImageOperation[]
  /** The work is asked for later, for many at once. */
  isHeld: boolean
  content: AsyncIterable<Uint8Array>
  signal?: AbortSignal
}
export type ImageStored =
  | { ok: true; imageId: string }
  | { ok: false; reason: 'no product' | 'too large' | 'wrong type'; message: string }

class WrongTypeError extends Error {}

/**
 * Takes in a picture of one of the actor's products: streamed to the storage and looked at, then row and event in one
 * transaction. Whatever goes wrong, nothing of it stays behind.
 * @throws what the stream or its signal throws.
 */
export async function storeUpload({ account }: Pick<Actor, 'account'>, upload: Upload): Promise<ImageStored> {
  const { productId, content, signal } = upload
  const where = { id: productId, accountId: account.id }
  if (!isId(productId) || !(await db().product.findUnique({ where }))) return NO_PRODUCT
  const id = randomUUID()
  let isKept = false
  try {
    const options = { mostBytes: MOST_BYTES, ...(signal ? { signal } : {}) }
    const written = await storage().write(originalKey(id), ofKnownType(content), options)
    const picture = await checkPicture(await readFile(originalKey(id)))
    if (!picture.ok) return { ...picture, reason: 'wrong type' }
    signal?.throwIfAborted()
    isKept = await db().$transaction((tx) =>
      writeRow(tx, { ...upload, ...written, picture, id, accountId: account.id }),
    )
    return isKept ? { ok: true, imageId: id } : NO_PRODUCT
  } catch (error) {
    if (error instanceof TooLargeError) return { ok: false, reason: 'too large', message: TOO_MANY_BYTES }
    if (error instanceof WrongTypeError) return { ok: false, reason: 'wrong type', message: WRONG_TYPE }
    throw error
  } finally {
    if (!isKept) await storage().remove(folderOf(id))
  }
}

const NO_PRODUCT = { ok: false, reason: 'no product', message: 'There is no such product.' } as const

/** Passes a picture on, and stops at its first bytes when it is none: nobody has to wait for 15 MB to hear that. */
async function* ofKnownType(content: AsyncIterable<Uint8Array>) {
  let head: Uint8Array | null = new Uint8Array()
  for await (const chunk of content) {
    if (!head) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.byteLength < HEAD_BYTES) continue
    if (!formatOf(head.subarray(0, HEAD_BYTES))) throw new WrongTypeError()
    yield head
    head = null
  }
  if (!head) return
  if (!formatOf(head)) throw new WrongTypeError()
  yield head
}

type NewImage = Upload & { id: string; accountId: string; picture: Picture; bytes: number; sha256: string }

async function writeRow(tx: Tx, image: NewImage): Promise<boolean> {
  const { id, accountId, productId, operations, isHeld, bytes, sha256 } = image
  const { format, width, height } = image.picture
  // Locked, so that pictures that come together take their places one after the other.
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Product" WHERE "id" = ${productId} AND "accountId" = ${accountId} FOR NO KEY UPDATE`
  if (found.length === 0) return false
  const last = await tx.productImage.aggregate({ where: { productId }, _max: { position: true } })
  const row = await tx.productImage.create({
    data: {
      ...{ id, accountId, productId, operations, format, width, height, bytes, sha256 },
      ...{ outputPath: folderOf(id), createdAt: now(), status: isHeld ? 'uploaded' : 'queued' },
      position: (last._max.position ?? -1) + 1,
    },
  })
  if (!isHeld) await publishUploaded(tx, [row])
  return true
}
