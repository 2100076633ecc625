import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import type { ImageOperation } from '@/lib/events'
import { originalKey, readFile, servedKey } from '@/lib/images/image-files'
import { removeImage } from '@/lib/images/remove-image'
import { storeUpload } from '@/lib/images/store-upload'
import { cancelRun } from '@/lib/runs/cancel-run'
import { storage } from '@/lib/storage'
import { operator } from '../support/factories'
import { inParts, ownFiles, picture, storedKeys } from '../support/pictures'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct()
ownFiles()
const { settle, runsOf, letters } = workOf(product)
let ann: Actor

beforeEach(async () => {
  ann = await openShop()
})

async function uploaded(bytes: Uint8Array, operations: ImageOperation[]): Promise<string> {
  const productId = await addProduct(ann)
  const stored = await storeUpload(ann, { productId, operations, isHeld: false, content: inParts(bytes) })
  if (!stored.ok) throw new Error(stored.message)
  return stored.imageId
}
const row = (id: string) => db().productImage.findUniqueOrThrow({ where: { id } })

describe('a picture', () => {
  it('is made ready in the asked order, and its run tells of each operation', async () => {
    const id = await uploaded(await picture(), ['resize', 'compress', 'watermark'])
    await settle()
    expect(await row(id)).toMatchObject({ status: 'ready', widths: [320, 960, 1600], failure: null })
    expect(await storedKeys()).toEqual(
      [1600, 320, 960].map((n) => `images/${id}/${n}.webp`).concat(`images/${id}/original`),
    )
    for (const width of [320, 960, 1600])
      expect(await sharp(await readFile(servedKey(id, width))).metadata()).toMatchObject({ format: 'webp', width })
    const [run] = await runsOf('process-image')
    expect(run).toMatchObject({
      ...{ status: 'completed', record: `image/${id}` },
      output: { outputPath: `images/${id}`, processedAt: expect.any(String) },
      progress: { step: 3, totalSteps: 3, currentOperation: 'watermark', percent: 100 },
    })
    const lines = await db().runLine.findMany({ orderBy: { id: 'asc' } })
    expect(lines.map(({ text }) => text)).toEqual([
      'Completed resize (1/3)',
      'Completed compress (2/3)',
      'Completed watermark (3/3)',
    ])
  })

  it('is done by another order too, and a second run of it changes nothing', async () => {
    const id = await uploaded(await picture({ width: 500, height: 400 }), ['watermark', 'resize'])
    await settle()
    const ready = await row(id)
    expect(ready).toMatchObject({ status: 'ready', widths: [320, 500] })
    const bytes = await readFile(servedKey(id, 500))
    const data = { imageId: id, operations: ['resize'], outputPath: ready.outputPath }
    await product.engine().send({ name: 'image/uploaded', data })
    await settle()
    expect(await row(id)).toEqual(ready)
    expect((await readFile(servedKey(id, 500))).equals(bytes)).toBe(true)
    expect(await runsOf('process-image')).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
  })

  it('that is truncated fails without another attempt, in plain words, and leaves no file', async () => {
    const whole = await picture()
    const id = await uploaded(whole.subarray(0, whole.length / 2), ['resize', 'compress'])
    await settle()
    expect(await row(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('damaged') })
    expect(await storedKeys()).toEqual([])
    expect(await runsOf('process-image')).toMatchObject([{ status: 'failed' }])
    expect(await db().failedAttempt.findMany({ where: { stepId: { not: '' } } })).toMatchObject([{ retryAt: null }])
    expect(await letters()).toMatchObject([{ functionId: 'process-image' }])
  })

  it('that was removed before its turn ends its run quietly', async () => {
    const id = await uploaded(await picture({ width: 40, height: 40 }), ['compress'])
    await removeImage(ann, id)
    await settle()
    expect(await runsOf('process-image')).toMatchObject([{ status: 'completed', output: { ended: 'removed' } }])
    expect(await storedKeys()).toEqual([])
  })

  it('whose result can’t be written is tried five times, five seconds apart, and keeps its file', async () => {
    const id = await uploaded(await picture({ width: 40, height: 40 }), ['compress'])
    // A folder where the result should be: no file takes its place.
    await storage().write(`${servedKey(id, 40)}/in-the-way`, inParts(Buffer.from('x')))
    await settle('19s')
    expect(await row(id)).toMatchObject({ status: 'processing' })
    await settle('2s')
    expect(await row(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('once more') })
    expect(await storage().find(originalKey(id))).not.toBeNull()
    const attempts = await db().failedAttempt.findMany({ where: { stepId: { not: '' } }, orderBy: { attempt: 'asc' } })
    expect(attempts.map(({ attempt }) => attempt)).toEqual([0, 1, 2, 3, 4])
  })

  it('whose run is cancelled says so, and can be done again', async () => {
    const id = await uploaded(await picture({ width: 40, height: 40 }), ['compress'])
    await storage().write(`${servedKey(id, 40)}/in-the-way`, inParts(Buffer.from('x')))
    await settle()
    const [run] = await runsOf('process-image')
    expect(await row(id)).toMatchObject({ status: 'processing' })
    expect(await cancelRun(await operator(), String(run?.id))).toEqual({ ok: true })
    await settle()
    expect(await row(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('was stopped') })
    expect(await storedKeys()).toEqual([originalKey(id)])
    await storage().remove(servedKey(id, 40))
    const { outputPath } = await row(id)
    const data = { imageId: id, operations: ['compress'], outputPath }
    await product.engine().send({ name: 'image/uploaded', data })
    await settle()
    expect(await row(id)).toMatchObject({ status: 'ready', failure: null })
  })
})
