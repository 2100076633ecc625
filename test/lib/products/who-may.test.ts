import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { archiveProduct, unarchiveProduct } from '@/lib/products/archive-product'
import { findProduct } from '@/lib/products/find-product'
import { countLowStock, listProducts, productFilter } from '@/lib/products/list-products'
import { updateProduct } from '@/lib/products/update-product'
import { adjustStock } from '@/lib/stock/adjust-stock'
import { listMovements } from '@/lib/stock/list-movements'
import { addProduct, openShop, ownShopDatabase, productForm } from '../../support/shop'

ownShopDatabase()
let theirs: Actor
let other: Actor
let id: string

beforeEach(async () => {
  theirs = await openShop()
  other = await openShop()
  id = await addProduct(theirs, { lowStockLevel: 50 })
})

const unknown = { ok: false, message: 'There is no such product.' }
const adjust = { change: 'received' as const, quantity: 1, note: '', formId: randomUUID() }

/** Every verb and query of products, and what it says to the owner of another shop. */
const verbs: Record<string, [ask: (actor: Actor, productId: string) => Promise<unknown>, answer: unknown]> = {
  findProduct: [(actor, productId) => findProduct(actor, productId), null],
  listProducts: [(actor) => listProducts(actor, productFilter.parse({})), { products: [], nextCursor: null }],
  countLowStock: [(actor) => countLowStock(actor), 0],
  updateProduct: [
    async (actor, productId) => {
      const seenAt = (await findProduct(theirs, id))?.updatedAt
      return seenAt && updateProduct(actor, productId, { ...productForm(), seenAt })
    },
    unknown,
  ],
  archiveProduct: [(actor, productId) => archiveProduct(actor, productId), unknown],
  unarchiveProduct: [(actor, productId) => unarchiveProduct(actor, productId), unknown],
  adjustStock: [(actor, productId) => adjustStock(actor, productId, adjust), unknown],
  listMovements: [(actor, productId) => listMovements(actor, productId), { movements: [], nextCursor: null }],
}

describe('the owner of another shop', () => {
  it('finds nothing of this one by any verb or query, and changes nothing', async () => {
    const whole = async () => [
      await db().product.findMany({ where: { id } }),
      await db().stockMovement.findMany({ where: { productId: id } }),
    ]
    const before = await whole()
    for (const [name, [ask, answer]] of Object.entries(verbs)) expect(await ask(other, id), name).toEqual(answer)
    expect(await whole()).toEqual(before)
    // To its own owner each of them says something else.
    for (const [name, [ask, answer]] of Object.entries(verbs)) expect(await ask(theirs, id), name).not.toEqual(answer)
  })

  it('is answered by none of them with an error, whatever stands for the id', async () => {
    for (const odd of ['', '\u0000', 'x'.repeat(9_000), '../1', '%', '🛍'])
      for (const [name, [ask, answer]] of Object.entries(verbs)) expect(await ask(other, odd), name).toEqual(answer)
  })
})
