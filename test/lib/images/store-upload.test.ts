import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { checkPicture } from '@/lib/images/check-picture'
import { listImages } from '@/lib/images/list-images'
import { removeImage } from '@/lib/images/remove-image'
import { startImages } from '@/lib/images/start-images'
import { storeUpload } from '@/lib/images/store-upload'
import { inParts, ownFiles, picture, storedKeys } from '../../support/pictures'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownFiles()
let ann: Actor
let productId: string

beforeEach(async () => {
  await db().outboxEvent.deleteMany()
  ann = await openShop()
  productId = await addProduct(ann)
})

const upload = (bytes: Uint8Array, isHeld = false, actor = ann) =>
  storeUpload(actor, { productId, operations: ['resize', 'watermark'], isHeld, content: inParts(bytes) })
const idOf = (stored: Awaited<ReturnType<typeof upload>>) => {
  if (!stored.ok) throw new Error(stored.message)
  return stored.imageId
}
const nothingLeft = async () => {
  expect(await storedKeys()).toEqual([])
  expect(await db().productImage.count({ where: { productId } })).toBe(0)
  expect(await db().outboxEvent.count()).toBe(0)
}

/** A PNG of a few bytes whose header promises far more pixels than it has. */
async function bomb(): Promise<Buffer> {
  const bytes = await picture({ width: 8, height: 8, format: 'png' })
  bytes.writeUInt32BE(15_000, 16)
  bytes.writeUInt32BE(15_000, 20)
  const { crc32 } = await import('node:zlib')
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}

describe('a picture that is uploaded', () => {
  it('is stored with its size, in its place, and one event tells of it', async () => {
    const bytes = await picture({ width: 300, height: 200 })
    const [first, second] = [idOf(await upload(bytes)), idOf(await upload(bytes))]
    expect(await listImages(ann, productId)).toMatchObject([
      { id: first, position: 0, status: 'queued', format: 'jpeg', width: 300, height: 200, bytes: bytes.length },
      { id: second, position: 1 },
    ])
    const events = await db().outboxEvent.findMany({ where: { id: `image/${first}/uploaded` } })
    const data = { imageId: first, operations: ['resize', 'watermark'], outputPath: `images/${first}` }
    expect(events).toMatchObject([{ name: 'image/uploaded', data }])
  })

  it('is known by its bytes, whatever it is called', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const)
      expect(await checkPicture(await picture({ width: 64, height: 32, format }))).toEqual({
        ...{ ok: true, format, width: 64, height: 32 },
      })
    expect(await checkPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({ ok: false })
  })

  it('leaves nothing behind when it is none, too large, or of too many pixels', async () => {
    expect(await upload(Buffer.from('GIF89a, or so it says'))).toMatchObject({ ok: false, reason: 'wrong type' })
    expect(await upload(new Uint8Array())).toMatchObject({ ok: false, reason: 'wrong type' })
    const large = Buffer.concat([await picture({ width: 8, height: 8 }), Buffer.alloc(15 * 1024 * 1024)])
    expect(await upload(large)).toMatchObject({ reason: 'too large', message: expect.stringContaining('15 MB') })
    expect(await upload(await bomb())).toMatchObject({ ok: false, message: expect.stringContaining('50 megapixels') })
    expect(await upload((await picture()).subarray(0, 100))).toMatchObject({ ok: false, reason: 'wrong type' })
    await nothingLeft()
  })

  it('leaves nothing behind when the connection ends in the middle', async () => {
    const bytes = await picture()
    const abort = new AbortController()
    async function* cut() {
      yield bytes.subarray(0, 50_000)
      abort.abort(new Error('gone'))
      yield bytes.subarray(50_000)
    }
    const stored = storeUpload(ann, {
      ...{ productId, operations: ['resize'], isHeld: false, content: cut(), signal: abort.signal },
    })
    await expect(stored).rejects.toThrow()
    await nothingLeft()
  })
})

describe('many pictures', () => {
  it('wait for one another, and are asked for in one go, each once', async () => {
    const bytes = await picture({ width: 40, height: 40 })
    const ids = [idOf(await upload(bytes, true)), idOf(await upload(bytes, true))]
    expect(await db().outboxEvent.count()).toBe(0)
    expect((await startImages(ann, ids)).sort()).toEqual([...ids].sort())
    expect(await startImages(ann, ids)).toEqual([])
    expect(await db().outboxEvent.count({ where: { name: 'image/uploaded' } })).toBe(2)
  })
})

describe('the owner of another shop', () => {
  it('uploads nothing to this one, and sees, starts and removes nothing of it', async () => {
    const bytes = await picture({ width: 40, height: 40 })
    const id = idOf(await upload(bytes, true))
    const bob = await openShop()
    expect(await upload(bytes, false, bob)).toMatchObject({ ok: false, reason: 'no product' })
    expect(await listImages(bob, productId)).toEqual([])
    expect(await startImages(bob, [id])).toEqual([])
    expect(await removeImage(bob, id)).toMatchObject({ ok: false })
    expect(await storedKeys()).toEqual([`images/${id}/original`])
    expect(await removeImage(ann, id)).toEqual({ ok: true })
    await nothingLeft()
  })
})
