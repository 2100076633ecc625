import { beforeEach, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { beginProcessing } from '@/lib/images/begin-processing'
import { abandonImage } from '@/lib/images/fail-image'
import { finishProcessing } from '@/lib/images/finish-processing'
import { performOperation } from '@/lib/images/perform-operation'
import { storeUpload } from '@/lib/images/store-upload'
import { sweepImages } from '@/lib/images/sweep-images'
import { storage } from '@/lib/storage'
import { inParts, ownFiles, picture, storedKeys } from '../../support/pictures'
import { addRun } from '../../support/runs'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownFiles()
let ann: Actor

beforeEach(async () => {
  await db().productImage.deleteMany()
  ann = await openShop()
})

const after = (days: number) => new Date(Date.now() + days * 24 * 3_600_000)
const nothing = { abandoned: 0, unasked: 0, orphans: 0 }

async function uploaded({ isHeld = false } = {}) {
  const content = inParts(await picture({ width: 400, height: 300 }))
  const productId = await addProduct(ann)
  const stored = await storeUpload(ann, { productId, operations: ['resize', 'compress'], isHeld, content })
  if (!stored.ok) throw new Error(stored.message)
  return stored.imageId
}
const operate = (imageId: string, index: number) =>
  performOperation({ imageId, operations: ['resize', 'compress'], index })
const row = (id: string) => db().productImage.findUnique({ where: { id } })

it('a picture that nobody works on for a day says so, and keeps what was uploaded', async () => {
  const id = await uploaded()
  await beginProcessing(id)
  await operate(id, 0)
  expect(await sweepImages(after(0.9))).toEqual(nothing)
  expect(await sweepImages(after(2))).toEqual({ ...nothing, abandoned: 1 })
  expect(await row(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('stopped') })
  expect(await storedKeys()).toEqual([`images/${id}/original`])
  expect(await sweepImages(after(3))).toEqual(nothing)
})

it('a picture that a run works on is left alone, by whoever gives another one up', async () => {
  const id = await uploaded()
  await beginProcessing(id)
  await addRun({ record: `image/${id}`, status: 'retrying' })
  const given = await addRun({ record: `image/${id}`, status: 'cancelled' })
  await abandonImage(id, given)
  expect(await sweepImages(after(30))).toEqual(nothing)
  expect(await row(id)).toMatchObject({ status: 'processing' })
})

it('a picture that was held and never asked for is gone after a week', async () => {
  const id = await uploaded({ isHeld: true })
  expect(await sweepImages(after(6))).toEqual(nothing)
  expect(await sweepImages(after(8))).toEqual({ ...nothing, unasked: 1 })
  expect([await row(id), await storedKeys()]).toEqual([null, []])
})

it('of a picture that is ready, files are removed that it needs no more; of one that is gone, all', async () => {
  const id = await uploaded()
  await beginProcessing(id)
  await operate(id, 0)
  await operate(id, 1)
  await finishProcessing(id, ['resize', 'compress'])
  const kept = await storedKeys()
  await storage().write(`images/${id}/work/0/320`, inParts(Buffer.from('late')))
  await storage().write('images/nobodys/320.webp', inParts(Buffer.from('x')))
  expect(await sweepImages(after(0.9))).toEqual(nothing)
  expect(await sweepImages(after(2))).toEqual({ ...nothing, orphans: 1 })
  expect(await storedKeys()).toEqual(kept)
})
