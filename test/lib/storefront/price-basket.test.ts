import { beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/baskets/route'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { archiveProduct } from '@/lib/products/archive-product'
import { priceBasket } from '@/lib/storefront/price-basket'
import { post } from '../../support/doors'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'
import { addPicture, closeShop } from '../../support/storefront'

ownShopDatabase()
let actor: Actor
let mug: string

beforeEach(async () => {
  actor = await openShop()
  mug = await addProduct(actor, { title: 'Mug', price: '12.50', onHand: 3 })
})

const priced = (...items: [productId: string, quantity: number][]) =>
  priceBasket({ shop: actor.account.slug, items: items.map(([productId, quantity]) => ({ productId, quantity })) })

describe('a basket', () => {
  it('has the prices of this moment, with a picture, and their sum', async () => {
    const picture = await addPicture(actor, mug)
    const lamp = await addProduct(actor, { title: 'Lamp', price: '30' })
    await db().product.update({ where: { id: mug }, data: { priceMinor: 1_300 } })
    const basket = await priced([lamp, 1], [mug, 2])
    expect(basket).toMatchObject({ total: { minor: 5_600, currency: 'USD' }, problem: null, isOrderable: true })
    expect(basket?.lines).toEqual([
      {
        ...{ productId: lamp, quantity: 1, problem: null },
        product: { title: 'Lamp', priceMinor: 3_000, currency: 'USD', available: 10, picture: null },
      },
      {
        ...{ productId: mug, quantity: 2, problem: null },
        product: expect.objectContaining({ priceMinor: 1_300, picture: expect.objectContaining({ id: picture }) }),
      },
    ])
  })

  it('says of each thing that can’t be ordered why, and sums up what is still sold', async () => {
    const [gone, theirs] = [await addProduct(actor, { onHand: 0 }), await addProduct(await openShop())]
    await archiveProduct(actor, gone)
    const basket = await priced([gone, 1], [mug, 4], [theirs, 1], ['no', 1])
    expect(basket?.lines.map(({ product, problem }) => [product?.title, problem])).toEqual([
      [undefined, 'This is not sold here any more.'],
      ['Mug', 'Only 3 of Mug are left.'],
      [undefined, 'This is not sold here any more.'],
      [undefined, 'This is not sold here any more.'],
    ])
    expect(basket).toMatchObject({ total: { minor: 5_000, currency: 'USD' }, isOrderable: false })
  })

  it('says what stands against ordering it together', async () => {
    const euro = await addProduct({ account: { ...actor.account, currency: 'EUR' } })
    const cheap = await addProduct(actor, { price: '0.49' })
    expect(await priced([mug, 1], [euro, 1])).toMatchObject({
      ...{ total: null, isOrderable: false, problem: expect.stringContaining('different currencies') },
    })
    expect(await priced([cheap, 1])).toMatchObject({ isOrderable: false, problem: expect.stringContaining('$0.50') })
  })

  it('has none in a shop that is closed, or is none', async () => {
    const items = [{ productId: mug, quantity: 1 }]
    expect((await post(POST, { shop: actor.account.slug, items })).status).toBe(200)
    await closeShop(actor)
    for (const shop of [actor.account.slug, 'nowhere', 'a\u0000b']) {
      const answer = await post(POST, { shop, items })
      expect([answer.status, answer.body.fields]).toEqual([422, { shop: 'There is no such shop.' }])
    }
  })

  it.each([
    ['items', []],
    ['items', 'mug'],
    ['items', Array.from({ length: 51 }, () => ({ productId: 'x', quantity: 1 }))],
    ['items.0.quantity', [{ productId: 'x', quantity: 0 }]],
    ['items.0.quantity', [{ productId: 'x', quantity: 1e300 }]],
    ['items.0.productId', [{ productId: '\u0000', quantity: 1 }]],
  ])('is refused by the field that is wrong: %s', async (field, items) => {
    const answer = await post(POST, { shop: actor.account.slug, items })
    expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([422, [field]])
  })
})
