import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { archiveProduct, unarchiveProduct } from '@/lib/products/archive-product'
import { createProduct } from '@/lib/products/create-product'
import { newProductForm } from '@/lib/products/fields'
import { findProduct } from '@/lib/products/find-product'
import { updateProduct } from '@/lib/products/update-product'
import { addProduct, openShop, ownShopDatabase, productForm } from '../../support/shop'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

const found = async (id: string) => {
  const product = await findProduct(actor, id)
  if (!product) throw new Error('it is not there')
  return product
}
const seen = async (id: string) => ({ seenAt: (await found(id)).updatedAt })

describe('a new product', () => {
  it('is priced in its shop’s currency, exactly, and comes with its stock', async () => {
    const prices = [
      ['USD', '4.35', 435],
      ['JPY', '435', 435],
      ['KWD', '4,35', 4350],
    ] as const
    for (const [currency, price, priceMinor] of prices) {
      actor = await openShop({ currency })
      const id = await addProduct(actor, { price, onHand: 7, lowStockLevel: 7 })
      expect(await found(id)).toMatchObject({ currency, priceMinor, onHand: 7, available: 7, isAmple: false })
    }
  })

  it('needs an SKU that no other product of the shop has; another shop may have it', async () => {
    const form = productForm({ sku: 'MUG', title: 'The mug' })
    expect(await createProduct(actor, form)).toMatchObject({ ok: true })
    expect(await createProduct(actor, form)).toEqual({
      ...{ ok: false, message: '“The mug” has this SKU.', fields: { sku: '“The mug” has this SKU.' } },
    })
    expect(await createProduct(await openShop(), form)).toMatchObject({ ok: true })
  })

  it('is one of two that are made at the same time under one SKU', async () => {
    const form = productForm()
    const answers = await Promise.all(Array.from({ length: 5 }, () => createProduct(actor, form)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db().product.count({ where: { accountId: actor.account.id } })).toBe(1)
  })

  it('is told what is wrong with its price', async () => {
    expect(await createProduct(actor, productForm({ price: '12.345' }))).toMatchObject({
      ...{ ok: false, fields: { price: expect.stringContaining('USD has 2 decimals at most') } },
    })
  })

  it.each([
    ['sku', '', 'Enter an SKU.'],
    ['sku', 'a\u0000b', 'Leave out control characters.'],
    ['sku', 'x'.repeat(65), 'Use 64 characters at most.'],
    ['title', '  ', 'Enter a title.'],
    ['title', 'two\nlines', 'Leave out control characters.'],
    ['title', '\ud800', 'Leave out control characters.'],
    ['title', 7, 'a title should be a text.'],
    ['description', 'a\u0000b', 'Leave out control characters.'],
    ['price', null, 'Write an amount such as 12.50.'],
    ['price', ' ', 'Enter a price.'],
    ['price', '9'.repeat(41), 'Write a shorter amount.'],
    ['onHand', '-1', 'Write a whole number such as 12.'],
    ['onHand', '1.5', 'Write a whole number such as 12.'],
    ['onHand', '1000001', 'Write 1000000 at most.'],
    ['lowStockLevel', '', 'Write a whole number such as 12.'],
    ['lowStockLevel', 'Infinity', 'Write a whole number such as 12.'],
  ])('is not taken with the %s %j', (name, value, message) => {
    const right = { ...productForm(), lowStockLevel: '5', onHand: '10' }
    expect(newProductForm.safeParse(right).success).toBe(true)
    const parsed = newProductForm.safeParse({ ...right, [name]: value })
    expect(parsed.error?.issues).toMatchObject([{ path: [name], message }])
  })

  it('may have a description of several lines', () => {
    const form = { ...productForm({ description: 'It holds tea.\r\nAnd coffee.' }), lowStockLevel: '0', onHand: '0' }
    expect(newProductForm.parse(form).description).toBe('It holds tea.\r\nAnd coffee.')
  })
})

describe('editing', () => {
  it('changes what a product is, and not its stock', async () => {
    const id = await addProduct(actor, { onHand: 3 })
    const form = {
      ...productForm({ sku: 'LAMP', title: 'A lamp', price: '99', lowStockLevel: 1 }),
      ...(await seen(id)),
    }
    expect(await updateProduct(actor, id, form)).toEqual({ ok: true, updatedAt: expect.any(Date) })
    expect(await found(id)).toMatchObject({ sku: 'LAMP', title: 'A lamp', priceMinor: 9900, onHand: 3, isAmple: true })
  })

  it('tells who has not seen the latest change, and saves nothing of theirs', async () => {
    const id = await addProduct(actor)
    const before = await seen(id)
    expect(await updateProduct(actor, id, { ...productForm({ title: 'First' }), ...before })).toMatchObject({
      ok: true,
    })
    for (const stale of [before, { seenAt: new Date(0) }, { seenAt: new Date('0000-01-01T00:00:00Z') }])
      expect(await updateProduct(actor, id, { ...productForm({ title: 'Second' }), ...stale })).toMatchObject({
        ...{ ok: false, message: expect.stringContaining('nothing of yours was saved') },
      })
    expect(await found(id)).toMatchObject({ title: 'First' })
  })

  it('lets one of several through that were opened at the same time', async () => {
    const id = await addProduct(actor)
    const opened = await seen(id)
    const edits = Array.from({ length: 5 }, (_, n) => ({ ...productForm({ title: `Edit ${n}` }), ...opened }))
    const answers = await Promise.all(edits.map((edit) => updateProduct(actor, id, edit)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('raises when it was edited each time, though no time has gone by', async () => {
    const id = await addProduct(actor)
    for (let n = 0; n < 3; n++) {
      const { seenAt } = await seen(id)
      const answer = await updateProduct(actor, id, { ...productForm(), seenAt })
      expect(answer).toEqual({ ok: true, updatedAt: (await seen(id)).seenAt })
      expect((await seen(id)).seenAt.getTime()).toBeGreaterThan(seenAt.getTime())
    }
  })

  it('keeps the currency that a product was made in, though its shop has another one by now', async () => {
    const id = await addProduct(actor, { price: '12.50' })
    const moved = { account: { ...actor.account, currency: 'JPY' } }
    expect(await updateProduct(moved, id, { ...productForm({ price: '13.25' }), ...(await seen(id)) })).toMatchObject({
      ok: true,
    })
    expect(await found(id)).toMatchObject({ currency: 'USD', priceMinor: 1325 })
  })

  it('refuses the SKU of another product, and says which it is', async () => {
    const [mug, lamp] = [await addProduct(actor, { sku: 'MUG', title: 'The mug' }), await addProduct(actor)]
    await archiveProduct(actor, mug)
    const answer = await updateProduct(actor, lamp, { ...productForm({ sku: 'MUG' }), ...(await seen(lamp)) })
    expect(answer).toMatchObject({ fields: { sku: '“The mug”, which is archived, has this SKU.' } })
  })
})

describe('archiving', () => {
  it('is done once, is undone, and is no edit', async () => {
    const id = await addProduct(actor, { title: 'The mug' })
    const before = await seen(id)
    expect(await archiveProduct(actor, id)).toEqual({ ok: true, title: 'The mug' })
    const { archivedAt } = await found(id)
    expect(archivedAt).toBeInstanceOf(Date)
    await archiveProduct(actor, id)
    expect((await found(id)).archivedAt).toEqual(archivedAt)
    expect(await unarchiveProduct(actor, id)).toEqual({ ok: true, title: 'The mug' })
    expect(await found(id)).toMatchObject({ archivedAt: null, updatedAt: before.seenAt })
  })
})
