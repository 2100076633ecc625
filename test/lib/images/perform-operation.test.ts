import sharp from 'sharp'
import { expect, it } from 'vitest'
import type { ImageOperation } from '@/lib/events'
import { beginProcessing } from '@/lib/images/begin-processing'
import { performOperation } from '@/lib/images/perform-operation'
import { plannedWidths } from '@/lib/images/plan-widths'
import { removeImage } from '@/lib/images/remove-image'
import { storeUpload } from '@/lib/images/store-upload'
import { inParts, ownFiles, picture, storedKeys } from '../../support/pictures'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownFiles()

async function uploaded(bytes?: Uint8Array, operations: ImageOperation[] = ['resize']) {
  const ann = await openShop()
  const content = inParts(bytes ?? (await picture()))
  const productId = await addProduct(ann)
  const stored = await storeUpload(ann, { productId, operations, isHeld: true, content })
  if (!stored.ok) throw new Error(stored.message)
  await beginProcessing(stored.imageId)
  return { ann, imageId: stored.imageId }
}

it('no picture is made larger than it is', () => {
  expect(plannedWidths(4000, ['resize'])).toEqual([320, 960, 1600])
  expect(plannedWidths(1000, ['compress', 'resize'])).toEqual([320, 960, 1000])
  expect(plannedWidths(960, ['resize'])).toEqual([320, 960])
  expect(plannedWidths(200, ['resize'])).toEqual([200])
  expect(plannedWidths(4000, ['watermark'])).toEqual([4000])
})

it('an operation that takes longer than its limit is stopped: no file of it stays, and nobody goes on with it', async () => {
  // So many pixels keep the encoder busy for some seconds.
  const large = sharp(await picture({ width: 600, height: 600 }))
    .resize(6_000)
    .jpeg()
  const { imageId } = await uploaded(await large.toBuffer(), ['compress'])
  const done = performOperation({ imageId, operations: ['compress'], index: 0 }, 1_000)
  await expect(done).rejects.toThrow(/timeout: \d+% complete/)
  expect(sharp.counters()).toMatchObject({ process: 0, queue: 0 })
  expect(await storedKeys()).toEqual([`images/${imageId}/original`])
})

it('an operation that gets no time writes nothing', async () => {
  const { imageId } = await uploaded()
  const done = performOperation({ imageId, operations: ['resize'], index: 0 }, 0)
  await expect(done).rejects.toThrow(/timeout/)
  expect(await storedKeys()).toEqual([`images/${imageId}/original`])
})

it('an operation on a picture that was removed writes nothing', async () => {
  const { ann, imageId } = await uploaded()
  await removeImage(ann, imageId)
  await performOperation({ imageId, operations: ['resize'], index: 0 })
  expect(await storedKeys()).toEqual([])
})
