import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { archiveProduct } from '@/lib/products/archive-product'
import { productSorts } from '@/lib/products/list-order'
import { countLowStock, listProducts, productFilter } from '@/lib/products/list-products'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

const list = (query: object = {}) => listProducts(actor, productFilter.parse(query))
const titlesOf = async (query: object = {}) => (await list(query)).products.map(({ title }) => title)

/** A shop of four, one of which is low; each was edited later than the one before. */
async function fill() {
  const products = [
    { sku: 'A-1', title: 'Lamp', price: '30', onHand: 50 },
    { sku: 'A-2', title: 'éclair tin', price: '10', onHand: 9 },
    { sku: 'B-1', title: 'Zither', price: '20', onHand: 2 },
    { sku: 'B-2', title: 'Eclair box', price: '40', onHand: 6 },
  ]
  for (const [n, product] of products.entries()) {
    const id = await addProduct(actor, product)
    await db().product.update({ where: { id }, data: { updatedAt: new Date(2_000 + n) } })
  }
}

describe('the list of products', () => {
  it('has those whose stock is low first, then the others by title, whatever their case and accents', async () => {
    await fill()
    expect(await titlesOf()).toEqual(['Zither', 'Eclair box', 'éclair tin', 'Lamp'])
    const [first] = (await list()).products
    expect(first).toMatchObject({ sku: 'B-1', priceMinor: 2000, currency: 'USD', available: 2, isAmple: false })
    expect(first).not.toHaveProperty('searchText')
  })

  it.each([
    ['title', ['Eclair box', 'éclair tin', 'Lamp', 'Zither']],
    ['price', ['éclair tin', 'Zither', 'Lamp', 'Eclair box']],
    ['stock', ['Zither', 'Eclair box', 'éclair tin', 'Lamp']],
    ['updated', ['Lamp', 'éclair tin', 'Zither', 'Eclair box']],
  ])('is sorted by %s, and the other way round', async (sort, titles) => {
    await fill()
    expect(await titlesOf({ sort })).toEqual(titles)
    expect(await titlesOf({ sort: `-${sort}` })).toEqual([...titles].reverse())
  })

  it('is searched by parts of words of title and SKU, all of which must be there', async () => {
    await fill()
    for (const [search, titles] of [
      ['ECLAIR', ['Eclair box', 'éclair tin']],
      ['éclair', ['Eclair box', 'éclair tin']],
      ['tin clai', ['éclair tin']],
      ['b-', ['Zither', 'Eclair box']],
      ['box b-2', ['Eclair box']],
      ['z', ['Zither']],
      ['it', []],
      ['ti', ['éclair tin']],
      ['b', ['Zither', 'Eclair box']],
      ['2', ['Eclair box', 'éclair tin']],
      ['2 tin', ['éclair tin']],
      ['box tin', []],
      ['%', []],
      ['_', []],
      ['\\', []],
      [`'; DROP TABLE "Product" --`, []],
      ['\u0000', ['Zither', 'Eclair box', 'éclair tin', 'Lamp']],
      ['  ', ['Zither', 'Eclair box', 'éclair tin', 'Lamp']],
    ] as const)
      expect(await titlesOf({ search }), search).toEqual(titles)
  })

  it('finds words of any writing, long and short', async () => {
    for (const title of ['Синяя чашка', '茶碗', 'Große Schüssel', 'Mug 🛍']) await addProduct(actor, { title })
    for (const [search, title] of [
      ['ЧАШКА', 'Синяя чашка'],
      ['аш', 'Синяя чашка'],
      ['碗', '茶碗'],
      ['schussel', 'Große Schüssel'],
      ['SCHÜ', 'Große Schüssel'],
      ['🛍', 'Mug 🛍'],
    ] as const)
      expect(await titlesOf({ search }), search).toEqual([title])
  })

  it('finds what has a sign of patterns in its title', async () => {
    await addProduct(actor, { title: '100 % wool_mix \\ grey' })
    for (const search of ['100 %', 'wool_mix', '\\']) expect(await titlesOf({ search })).toHaveLength(1)
    expect(await titlesOf({ search: 'wool-mix' })).toEqual([])
  })

  it('hides what is archived, and shows it alone when it is asked for', async () => {
    await fill()
    const id = await addProduct(actor, { title: 'Old bell', onHand: 0 })
    await archiveProduct(actor, id)
    expect(await titlesOf()).not.toContain('Old bell')
    expect(await titlesOf({ show: 'archived', sort: '-price' })).toEqual(['Old bell'])
  })

  it('shows those alone whose stock is low, and counts them', async () => {
    await fill()
    await addProduct(actor, { title: 'Anvil', onHand: 0, lowStockLevel: 0 })
    expect(await titlesOf({ show: 'low' })).toEqual(['Anvil', 'Zither'])
    expect(await countLowStock(actor)).toBe(2)
  })

  it.each([
    'x',
    Buffer.from('[1').toString('base64url'),
    Buffer.from('["a\\u0000b","c"]').toString('base64url'),
    Buffer.from('[1e99,"c"]').toString('base64url'),
    Buffer.from('[true,"c"]').toString('base64url'),
    Buffer.from(JSON.stringify(['\ud800', 'c'])).toString('base64url'),
    'A'.repeat(3_000),
  ])('takes any cursor without an error: %s', async (cursor) => {
    await fill()
    for (const sort of productSorts) expect((await list({ sort, cursor })).products.length).toBeLessThanOrEqual(4)
  })

  it('takes anything that an address bar may hold', () => {
    const all = { show: 'all', sort: 'low' }
    for (const odd of [{}, { sort: 'nonsense', show: ['low'], search: ['a'], cursor: {} }, { sort: null }])
      expect(productFilter.parse(odd)).toMatchObject(all)
    expect(productFilter.parse({ search: `  ${'x'.repeat(400)}` }).search).toHaveLength(100)
  })
})

describe('the list of a shop with many products', () => {
  // Many are equal in price, stock and title, so that only the last column tells them apart.
  let many: Actor

  beforeAll(async () => {
    many = await openShop()
    for (let n = 0; n < 120; n++)
      await addProduct(many, {
        ...{ title: `Thing ${n % 7}`, price: String(n % 3), onHand: n % 5, lowStockLevel: n % 2 ? 0 : 2 },
      })
  })

  it.each(productSorts)('goes page by page through all there is, each once, by %s', async (sort) => {
    const ids: string[] = []
    const pages: number[] = []
    for (let cursor: string | undefined; pages.length < 5; ) {
      const { products, nextCursor } = await listProducts(many, productFilter.parse({ sort, cursor }))
      ids.push(...products.map(({ id }) => id))
      pages.push(products.length)
      if (!nextCursor) break
      cursor = nextCursor
    }
    expect(pages).toEqual([50, 50, 20])
    expect(new Set(ids).size).toBe(120)
  })
})
