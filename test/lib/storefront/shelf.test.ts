import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { archiveProduct } from '@/lib/products/archive-product'
import { findPublicProduct } from '@/lib/storefront/find-public-product'
import { findShop } from '@/lib/storefront/find-shop'
import { listPublicProducts, shelfFilter } from '@/lib/storefront/list-public-products'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'
import { addPicture, closeShop } from '../../support/storefront'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

const shelf = (filter: object = {}) => listPublicProducts(actor.account, shelfFilter.parse(filter))
const titles = async (filter: object = {}) => (await shelf(filter)).products.map(({ title }) => title)

describe('a shop', () => {
  it('is found by the name in its address, open or closed, and tells nothing of its owner', async () => {
    const { id, slug } = actor.account
    expect(await findShop(slug)).toEqual({ id, slug, name: 'Corner Shop', isOpen: true })
    await closeShop(actor)
    expect(await findShop(slug)).toMatchObject({ isOpen: false })
  })

  it.each(['nowhere', '', '%00', '\u0000', '../x', 'x'.repeat(5_000)])('is not found by %j', async (slug) => {
    expect(await findShop(slug)).toBeNull()
  })
})

describe('what a shop sells', () => {
  it('is listed by title, sold out or not; nothing that is archived, and nothing of another shop', async () => {
    await addProduct(actor, { title: 'Zinc tub', onHand: 0 })
    await addProduct(actor, { title: 'amber lamp', price: '30', onHand: 2 })
    await archiveProduct(actor, await addProduct(actor, { title: 'Old bell', onHand: 0 }))
    await addProduct(await openShop(), { title: 'Theirs' })
    const { products, nextCursor } = await shelf()
    expect(products).toEqual([
      { id: expect.any(String), title: 'amber lamp', priceMinor: 3_000, currency: 'USD', available: 2, picture: null },
      { id: expect.any(String), title: 'Zinc tub', priceMinor: 1_250, currency: 'USD', available: 0, picture: null },
    ])
    expect(nextCursor).toBeNull()
  })

  it('has the first picture that is ready', async () => {
    const [mug, cup] = [await addProduct(actor, { title: 'Mug' }), await addProduct(actor, { title: 'Cup' })]
    await addPicture(actor, mug, { position: 0, status: 'failed' })
    await addPicture(actor, mug, { position: 2 })
    const first = await addPicture(actor, mug, { position: 1 })
    await addPicture(actor, cup, { position: 0, status: 'processing' })
    const { products } = await shelf()
    expect(products.map(({ title, picture }) => [title, picture])).toEqual([
      ['Cup', null],
      ['Mug', { id: first, width: 2_000, height: 1_000, widths: [320, 960, 1_600] }],
    ])
  })

  it('is searched by words, and takes whatever an address bar holds', async () => {
    for (const [sku, title] of ['Blue mug', 'Blue lamp', 'Grey mug'].entries())
      await addProduct(actor, { title, sku: String(sku) })
    expect(await titles({ search: 'mug blue' })).toEqual(['Blue mug'])
    expect(await titles({ search: ['a'], cursor: {} })).toHaveLength(3)
    expect(await titles({ cursor: 'nonsense' })).toHaveLength(3)
    expect(await titles({ search: `'; DROP TABLE "Product" --` })).toEqual([])
  })
})

describe('what a shop with much sells', () => {
  let much: Actor

  beforeAll(async () => {
    much = await openShop()
    for (let n = 0; n < 50; n++) await addProduct(much, { title: `Thing ${n % 3}` })
  })

  it('goes page by page through all there is, each once', async () => {
    const ids: string[] = []
    const pages: number[] = []
    for (let cursor: string | undefined; pages.length < 5; ) {
      const { products, nextCursor } = await listPublicProducts(much.account, shelfFilter.parse({ cursor }))
      ids.push(...products.map(({ id }) => id))
      pages.push(products.length)
      if (!nextCursor) break
      cursor = nextCursor
    }
    expect(pages).toEqual([24, 24, 2])
    expect(new Set(ids).size).toBe(50)
  })
})

describe('a product on its own page', () => {
  it('has its words, its stock and the pictures that are ready, in their order, and nothing more', async () => {
    const mug = await addProduct(actor, { title: 'Mug', description: 'It holds tea.', onHand: 3 })
    const second = await addPicture(actor, mug, { position: 1 })
    const first = await addPicture(actor, mug, { position: 0 })
    await addPicture(actor, mug, { position: 2, status: 'queued' })
    const product = await findPublicProduct(actor.account, mug)
    expect(product).toEqual({
      ...{ id: mug, title: 'Mug', description: 'It holds tea.', priceMinor: 1_250, currency: 'USD', available: 3 },
      pictures: [first, second].map((id) => ({ id, width: 2_000, height: 1_000, widths: [320, 960, 1_600] })),
    })
  })

  it('is not there when it is archived, of another shop, or no product at all', async () => {
    const mug = await addProduct(actor, { onHand: 0 })
    expect(await findPublicProduct((await openShop()).account, mug)).toBeNull()
    await archiveProduct(actor, mug)
    for (const id of [mug, randomUUID(), '\u0000', '%', 'x'.repeat(100)])
      expect(await findPublicProduct(actor.account, id)).toBeNull()
  })
})
