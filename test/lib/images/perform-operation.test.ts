import { expect, it } from 'vitest'
import { beginProcessing } from '@/lib/images/begin-processing'
import { performOperation } from '@/lib/images/perform-operation'
import { plannedWidths } from '@/lib/images/plan-widths'
import { removeImage } from '@/lib/images/remove-image'
import { storeUpload } from '@/lib/images/store-upload'
import { inParts, ownFiles, picture, storedKeys } from '../../support/pictures'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownFiles()

async function uploaded() {
  const ann = await openShop()
  const content = inParts(await picture())
  const productId = await addProduct(ann)
  const stored = await storeUpload(ann, { productId, operations: ['resize'], isHeld: true, content })
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

it('an operation that is stopped ends by the reason, and writes nothing more', async () => {
  const { imageId } = await uploaded()
  const limit = new AbortController()
  const done = performOperation({ imageId, operations: ['resize'], index: 0, signal: limit.signal })
  limit.abort(new Error('it took too long'))
  await expect(done).rejects.toThrow('it took too long')
  expect(await storedKeys()).toEqual([`images/${imageId}/original`])
})

it('an operation on a picture that was removed writes nothing', async () => {
  const { ann, imageId } = await uploaded()
  await removeImage(ann, imageId)
  const { signal } = new AbortController()
  await performOperation({ imageId, operations: ['resize'], index: 0, signal })
  expect(await storedKeys()).toEqual([])
})
