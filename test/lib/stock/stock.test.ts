import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { PrismaClient } from '@/lib/db/generated/client'
import { countStock } from '@/lib/stock/count-stock'
import { moveStock } from '@/lib/stock/move-stock'
import { readOrderStock, releaseStock, returnStock, sellStock } from '@/lib/stock/order-stock'
import { type Item, reserveStock } from '@/lib/stock/reserve-stock'
import { addOrder, addProduct, openShop, ownShopDatabase, stockAndSums } from '../../support/shop'

const database = ownShopDatabase()
let actor: Actor
let accountId: string

beforeEach(async () => {
  actor = await openShop()
  accountId = actor.account.id
})

const inOne = <T>(verb: (tx: Parameters<Parameters<ReturnType<typeof db>['$transaction']>[0]>[0]) => Promise<T>) =>
  db().$transaction(verb)
const reserve = async (orderId: string, items: Item[], of = accountId) => {
  if (!(await db().order.findUnique({ where: { id: orderId } }))) await addOrder(actor, orderId)
  return inOne((tx) => reserveStock(tx, { accountId: of, orderId, items }))
}
const stockOf = async (productId: string) => {
  const { onHand, reserved } = await db().product.findUniqueOrThrow({ where: { id: productId } })
  return [onHand, reserved]
}
const kindsOf = async (productId: string) =>
  (await db().stockMovement.findMany({ where: { productId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind)

describe('reserving', () => {
  it('takes all of the items or none, and tells which are short', async () => {
    const [mug, lamp] = [await addProduct(actor, { onHand: 5 }), await addProduct(actor, { onHand: 1 })]
    const items = [
      { productId: mug, quantity: 2 },
      { productId: lamp, quantity: 2 },
    ]
    expect(await reserve('o-1', items)).toEqual({
      ...{ ok: false, why: 'short', short: [{ productId: lamp, wanted: 2, available: 1 }] },
    })
    expect([await stockOf(mug), await stockOf(lamp)]).toEqual([
      [5, 0],
      [1, 0],
    ])
    // Nothing of it is in the ledger: with enough in the house, the same order can be reserved.
    await inOne((tx) => moveStock(tx, [{ productId: lamp, kind: 'received', onHandDelta: 4, key: randomUUID() }]))
    expect(await reserve('o-1', items)).toEqual({ ok: true })
    expect(await stockOf(lamp)).toEqual([5, 2])
  })

  it('counts a product that an order names twice as one', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    const twice = [3, 3].map((quantity) => ({ productId: mug, quantity }))
    expect(await reserve('o-2', twice)).toMatchObject({ short: [{ wanted: 6, available: 5 }] })
    expect(await reserve('o-2', twice.slice(1))).toEqual({ ok: true })
  })

  it('knows no product of another shop, and none that is not there', async () => {
    const other = await openShop()
    const theirs = await addProduct(other)
    const answer = await reserve('o-3', [
      { productId: theirs, quantity: 1 },
      { productId: 'nothing', quantity: 1 },
    ])
    expect(answer).toMatchObject({ short: [{ available: 0 }, { available: 0 }] })
    expect(await stockOf(theirs)).toEqual([10, 0])
  })

  it('is not done anew for an order that has given its stock back', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    const items = [{ productId: mug, quantity: 2 }]
    await reserve('o-4', items)
    await inOne((tx) => releaseStock(tx, { accountId, orderId: 'o-4' }))
    expect(await reserve('o-4', items)).toEqual({ ok: false, why: 'released' })
    expect(await stockOf(mug)).toEqual([5, 0])
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a quantity of %d as the mistake of a program', async (quantity) => {
    const mug = await addProduct(actor)
    await expect(reserve('o-5', [{ productId: mug, quantity }])).rejects.toThrow(RangeError)
    await expect(reserve('o-5', [])).rejects.toThrow(RangeError)
  })

  it('never sells more than there is, and never waits in a ring, with 200 orders at once for the last 10', async () => {
    const lasts = [await addProduct(actor, { onHand: 10 }), await addProduct(actor, { onHand: 500 })]
    const many = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url(), max: 40 }) })
    const orderIds: string[] = []
    for (let n = 0; n < 200; n++) orderIds.push(await addOrder(actor))
    try {
      const answers = await Promise.all(
        orderIds.map((orderId, n) => {
          // Half of them name the two the other way round: who locked in the order of the items would wait in a ring.
          const productIds = n % 2 ? lasts : [...lasts].reverse()
          const items = productIds.map((productId) => ({ productId, quantity: 1 }))
          const order = { accountId, orderId, items }
          return many.$transaction((tx) => reserveStock(tx, order), { maxWait: 25_000, timeout: 25_000 })
        }),
      )
      expect(answers.filter(({ ok }) => ok)).toHaveLength(10)
      expect(await stockAndSums(actor)).toMatchObject([
        { onHand: 10, reserved: 10, reservedSum: 10 },
        { onHand: 500, reserved: 10, reservedSum: 10 },
      ])
    } finally {
      await many.$disconnect()
    }
  })
})

describe('an order’s stock', () => {
  it('is sold, and comes back, each once', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    const order = { accountId, orderId: 'o-6' }
    await reserve('o-6', [{ productId: mug, quantity: 2 }])
    for (let n = 0; n < 2; n++) {
      expect(await inOne((tx) => sellStock(tx, order))).toEqual([{ productId: mug, reserved: 0, sold: 2 }])
      expect(await stockOf(mug)).toEqual([3, 0])
    }
    expect(await inOne((tx) => releaseStock(tx, order))).toEqual([{ productId: mug, reserved: 0, sold: 2 }])
    for (let n = 0; n < 2; n++) {
      expect(await inOne((tx) => returnStock(tx, order))).toEqual([{ productId: mug, reserved: 0, sold: 0 }])
      expect(await stockOf(mug)).toEqual([5, 0])
    }
    expect(await kindsOf(mug)).toEqual(['opening', 'reserved', 'sold', 'returned'])
  })

  it('is nothing for an order that never had any', async () => {
    expect(await inOne((tx) => sellStock(tx, { accountId, orderId: 'o-7' }))).toEqual([])
    expect(await readOrderStock(db(), 'o-7')).toEqual([])
  })

  it('is not moved in the name of another shop', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    await reserve('o-8', [{ productId: mug, quantity: 2 }])
    const { account } = await openShop()
    await inOne((tx) => releaseStock(tx, { accountId: account.id, orderId: 'o-8' }))
    expect(await stockOf(mug)).toEqual([5, 2])
  })
})

describe('counting', () => {
  it('sets many at once, leaves out what is promised, and writes nothing where nothing has changed', async () => {
    const ids = [
      await addProduct(actor, { onHand: 5 }),
      await addProduct(actor, { onHand: 5 }),
      await addProduct(actor),
    ]
    const [mug = '', lamp = '', bowl = ''] = ids
    await reserve('o-9', [{ productId: lamp, quantity: 3 }])
    const counts = [7, 2, 10].map((onHand, n) => ({ productId: ids[n] ?? '', onHand, key: `count-1/${ids[n]}` }))
    const short = await inOne((tx) => countStock(tx, { accountId, kind: 'imported', counts }))
    expect(short).toEqual([{ productId: lamp, counted: 2, reserved: 3 }])
    expect([await stockOf(mug), await stockOf(lamp)]).toEqual([
      [7, 0],
      [5, 3],
    ])
    expect(await kindsOf(bowl)).toEqual(['opening'])
  })

  it('changes nothing when it is repeated later, under its key', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    const counts = [{ productId: mug, onHand: 8, key: `count-2/${mug}` }]
    await inOne((tx) => countStock(tx, { accountId, kind: 'imported', counts }))
    await inOne((tx) => moveStock(tx, [{ productId: mug, kind: 'received', onHandDelta: 4, key: randomUUID() }]))
    await inOne((tx) => countStock(tx, { accountId, kind: 'imported', counts }))
    expect(await stockOf(mug)).toEqual([12, 0])
  })

  it('lets the last of two counts of one product hold, and knows none of another shop', async () => {
    const [mug, theirs] = [await addProduct(actor), await addProduct(await openShop())]
    const counts = [
      { productId: mug, onHand: 1, key: `count-3/${mug}` },
      { productId: mug, onHand: 2, key: `count-3/${mug}` },
      { productId: theirs, onHand: 3, key: `count-3/${theirs}` },
    ]
    expect(await inOne((tx) => countStock(tx, { accountId, kind: 'adjusted', counts }))).toEqual([])
    expect([await stockOf(mug), await stockOf(theirs)]).toEqual([
      [2, 0],
      [10, 0],
    ])
  })
})

describe('the database', () => {
  it('writes a new product’s stock into the ledger itself', async () => {
    const [mug, none] = [await addProduct(actor, { onHand: 4 }), await addProduct(actor, { onHand: 0 })]
    expect([await kindsOf(mug), await kindsOf(none)]).toEqual([['opening'], []])
    expect(await stockAndSums(actor)).toMatchObject([{ onHandSum: 4 }, { onHandSum: 0 }])
  })

  it('refuses stock that changes without a movement, or a movement that is changed or taken away', async () => {
    const mug = await addProduct(actor)
    const byItsMovements = /changes by its movements alone/
    await expect(db().product.update({ where: { id: mug }, data: { onHand: 11 } })).rejects.toThrow(byItsMovements)
    await expect(db().product.update({ where: { id: mug }, data: { reserved: 1 } })).rejects.toThrow(byItsMovements)
    const onlyAdded = /only added to/
    const where = { productId: mug }
    await expect(db().stockMovement.updateMany({ where, data: { note: 'other' } })).rejects.toThrow(onlyAdded)
    await expect(db().stockMovement.deleteMany({ where })).rejects.toThrow(onlyAdded)
    expect(await stockAndSums(actor)).toMatchObject([{ onHand: 10, onHandSum: 10, reserved: 0 }])
  })

  it('refuses more reserved than there is, less than nothing, and movements that their kind does not make', async () => {
    const mug = await addProduct(actor, { onHand: 2 })
    await addOrder(actor, 'o')
    const move = (movement: object) =>
      inOne((tx) => moveStock(tx, [{ productId: mug, key: randomUUID(), ...movement } as never]))
    const stockFits = /Product_stock_fits/
    await expect(move({ kind: 'reserved', reservedDelta: 3, orderId: 'o' })).rejects.toThrow(stockFits)
    await expect(move({ kind: 'adjusted', onHandDelta: -3 })).rejects.toThrow(stockFits)
    await expect(move({ kind: 'released', reservedDelta: -1, orderId: 'o' })).rejects.toThrow(stockFits)
    const asItsKind = /StockMovement_moves_as_its_kind_does/
    await expect(move({ kind: 'received', onHandDelta: -1 })).rejects.toThrow(asItsKind)
    await expect(move({ kind: 'sold', onHandDelta: -1, orderId: 'o' })).rejects.toThrow(asItsKind)
    await expect(move({ kind: 'reserved', reservedDelta: 1 })).rejects.toThrow(/StockMovement_order_fits/)
    expect(await stockOf(mug)).toEqual([2, 0])
  })

  it('lets a whole shop go, with its products and their ledger', async () => {
    const mug = await addProduct(actor)
    await db().user.delete({ where: { id: actor.userId } })
    expect(await db().stockMovement.count({ where: { productId: mug } })).toBe(0)
  })
})
