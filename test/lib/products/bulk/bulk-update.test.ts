import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { archiveProduct } from '@/lib/products/archive-product'
import type { ChangeForm } from '@/lib/products/bulk/change'
import { cancelBulkUpdate, findBulkUpdate } from '@/lib/products/bulk/find-bulk-update'
import { performBulkPart } from '@/lib/products/bulk/perform-bulk-part'
import { previewBulkUpdate } from '@/lib/products/bulk/preview-bulk-update'
import { requestBulkUpdate } from '@/lib/products/bulk/request-bulk-update'
import type { Selection } from '@/lib/products/bulk/selection'
import { reserveStock } from '@/lib/stock/reserve-stock'
import { addOrder, addProduct, openShop, ownShopDatabase, stockAndSums } from '../../../support/shop'

ownShopDatabase()

const all: Selection = { filter: { show: 'all', search: undefined } }
let ann: Actor

beforeEach(async () => {
  ann = await openShop()
})

const ask = async (form: ChangeForm, selection: Selection = all, actor = ann) => {
  const asked = await requestBulkUpdate(actor, { formId: randomUUID(), selection, form })
  if (!asked.ok) throw new Error(asked.message)
  return asked.bulkUpdateId
}
const performAll = async (id: string, part?: number) => {
  for (let parts = 1; ; parts++) if ((await performBulkPart(id, part))?.isDone) return parts
}
const pricesOf = async (actor = ann) =>
  (await db().product.findMany({ where: { accountId: actor.account.id }, orderBy: { sku: 'asc' } })).map(
    ({ priceMinor }) => priceMinor,
  )
const updateOf = (id: string) => findBulkUpdate(ann, id)

describe('a bulk update', () => {
  it('changes what its preview has said, and nothing of another shop', async () => {
    const bob = await openShop()
    await addProduct(bob, { price: '10.00' })
    await addProduct(ann, { sku: 'A', price: '10.00' })
    await addProduct(ann, { sku: 'B', price: '0.00' })
    const form = { kind: 'price-percent', value: '15' } as const
    expect(await previewBulkUpdate(ann, all, form)).toMatchObject({
      ...{ ok: true, total: 2, lookedAt: 2, changed: 1, same: 1, refused: 0 },
      changedLines: [{ sku: 'A', priceMinor: 1_000, outcome: { kind: 'price', priceMinor: 1_150 } }],
    })
    expect(await pricesOf()).toEqual([1_000, 0])
    const id = await ask(form)
    await performAll(id)
    expect([await pricesOf(), await pricesOf(bob)]).toEqual([[1_150, 0], [1_000]])
    expect(await updateOf(id)).toMatchObject({ status: 'completed', total: 2, seen: 2, changed: 1, refused: 0 })
  })

  it('goes part by part, and a part that is done again changes nothing twice', async () => {
    for (let n = 0; n < 5; n++) await addProduct(ann, { price: '1.00' })
    const id = await ask({ kind: 'price-amount', value: '1' })
    expect(await performBulkPart(id, 2)).toEqual({ isDone: false, seen: 2, total: 5 })
    expect((await pricesOf()).sort()).toEqual([100, 100, 100, 200, 200])
    // What a crash leaves behind: the part is on disk, its answer is lost.
    await performAll(id, 2)
    await performBulkPart(id, 2)
    expect(await pricesOf()).toEqual([200, 200, 200, 200, 200])
  })

  it('two at once share the parts between them', async () => {
    for (let n = 0; n < 6; n++) await addProduct(ann, { price: '1.00' })
    const id = await ask({ kind: 'price-amount', value: '1' })
    await Promise.all([performAll(id, 1), performAll(id, 1), performAll(id, 1)])
    expect(await pricesOf()).toEqual([200, 200, 200, 200, 200, 200])
  })

  it('sets stock by movements, and tells what is promised to orders', async () => {
    const promised = await addProduct(ann, { sku: 'A', onHand: 10 })
    await addProduct(ann, { sku: 'B', onHand: 10 })
    const orderId = await addOrder(ann)
    const order = { accountId: ann.account.id, orderId, items: [{ productId: promised, quantity: 4 }] }
    await db().$transaction((tx) => reserveStock(tx, order))
    const id = await ask({ kind: 'stock-set', value: '3' })
    await performAll(id)
    expect(await stockAndSums(ann)).toMatchObject([
      { onHand: 10, reserved: 4, onHandSum: 10 },
      { onHand: 3, reserved: 0, onHandSum: 3 },
    ])
    expect(await updateOf(id)).toMatchObject({
      ...{ changed: 1, refused: 1 },
      refusals: [{ sku: 'A', reason: '4 of 10 are reserved for orders.' }],
    })
  })

  it('archives those that a filter shows, and takes those that are named out again', async () => {
    const ids = [await addProduct(ann, { sku: 'A', title: 'Blue mug' }), await addProduct(ann, { title: 'Red mug' })]
    await performAll(await ask({ kind: 'archive', value: '' }, { filter: { show: 'all', search: 'blue' } }))
    const archived = async () =>
      (await db().product.findMany({ where: { archivedAt: { not: null } } })).map((p) => p.id)
    expect(await archived()).toEqual([ids[0]])
    await performAll(await ask({ kind: 'unarchive', value: '' }, { ids }))
    expect(await archived()).toEqual([])
  })

  it('leaves products alone that came after it was asked for', async () => {
    await addProduct(ann, { sku: 'A', price: '1.00' })
    const id = await ask({ kind: 'price-amount', value: '1' })
    const late = await addProduct(ann, { sku: 'B', price: '1.00' })
    await db().product.update({ where: { id: late }, data: { createdAt: new Date(Date.now() + 60_000) } })
    await performAll(id)
    expect(await pricesOf()).toEqual([200, 100])
  })

  it('ends where it is when its owner says so', async () => {
    for (let n = 0; n < 3; n++) await addProduct(ann, { price: '1.00' })
    const id = await ask({ kind: 'price-amount', value: '1' })
    await performBulkPart(id, 1)
    expect(await cancelBulkUpdate(ann, id)).toEqual({ ok: true })
    expect(await performBulkPart(id, 1)).toMatchObject({ isDone: true, seen: 1 })
    expect((await pricesOf()).sort()).toEqual([100, 100, 200])
    expect(await updateOf(id)).toMatchObject({ status: 'cancelled', changed: 1 })
    expect(await cancelBulkUpdate(ann, id)).toMatchObject({ ok: false })
  })

  it('is one, however often its form is sent', async () => {
    await addProduct(ann)
    const asked = { formId: randomUUID(), selection: all, form: { kind: 'price-amount', value: '1' } as const }
    await Promise.all([requestBulkUpdate(ann, asked), requestBulkUpdate(ann, asked)])
    expect(await requestBulkUpdate(ann, asked)).toMatchObject({ ok: true, bulkUpdateId: asked.formId })
    const events = await db().outboxEvent.findMany({ where: { id: `bulk-update/${asked.formId}` } })
    expect(events).toMatchObject([{ data: { bulkUpdateId: asked.formId } }])
  })

  it('is its own shop’s alone', async () => {
    const productId = await addProduct(ann, { price: '1.00' })
    const bob = await openShop()
    const form = { kind: 'price-amount', value: '1' } as const
    expect(await previewBulkUpdate(bob, { ids: [productId] }, form)).toMatchObject({ ok: true, total: 0 })
    const asked = { formId: randomUUID(), selection: { ids: [productId] }, form }
    expect(await requestBulkUpdate(bob, asked)).toMatchObject({ ok: false })
    const id = await ask(form)
    expect(await findBulkUpdate(bob, id)).toBeNull()
    expect(await cancelBulkUpdate(bob, id)).toMatchObject({ ok: false })
    await addProduct(bob)
    expect(await requestBulkUpdate(bob, { ...asked, formId: id, selection: all })).toMatchObject({ ok: false })
  })

  it('of archived products is asked for under their own filter', async () => {
    await archiveProduct(ann, await addProduct(ann, { price: '1.00' }))
    expect(await previewBulkUpdate(ann, all, { kind: 'price-amount', value: '1' })).toMatchObject({ total: 0 })
    await performAll(
      await ask({ kind: 'price-amount', value: '1' }, { filter: { show: 'archived', search: undefined } }),
    )
    expect(await pricesOf()).toEqual([200])
  })
})
