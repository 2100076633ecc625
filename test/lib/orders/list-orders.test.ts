import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { findOrder } from '@/lib/orders/find-order'
import { findPublicOrder } from '@/lib/orders/find-public-order'
import { countOrders, listOrders, orderFilter } from '@/lib/orders/list-orders'
import { searchOrders } from '@/lib/orders/search-orders'
import { addOrders, placedOrder } from '../../support/orders'
import { addOrder, addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

const idsOf = async (filter: object) => (await listOrders(actor, orderFilter.parse(filter))).orders.map(({ id }) => id)

describe('the orders of a shop', () => {
  it('are listed newest first, in pages, and counted by status', async () => {
    const ids: string[] = []
    for (let n = 0; n < 52; n++) ids.unshift(await addOrder(actor))
    const first = await listOrders(actor, {})
    expect(first.orders.map(({ id }) => id)).toEqual(ids.slice(0, 50))
    expect(await idsOf({ cursor: String(first.nextCursor) })).toEqual(ids.slice(50))
    expect((await countOrders(actor)).awaitingCard).toEqual({ count: 52, isMore: false })
    expect((await countOrders(actor)).placed).toEqual({ count: 0, isMore: false })
    expect(await idsOf({ status: 'placed' })).toEqual([])
    expect(await idsOf({ status: 'nonsense', cursor: 'x' })).toHaveLength(50)
  })

  it('are found by number, and by what their customer was called and wrote from then', async () => {
    const [first, second] = [await addOrder(actor), await addOrder(actor)]
    const { number } = await db().order.findUniqueOrThrow({ where: { id: first } })
    await db().order.update({
      where: { id: first },
      data: { customerName: 'Zoë Müller 100%', customerEmail: 'zoe.m@example.org' },
    })
    expect(await idsOf({ search: `#${number}` })).toEqual([first])
    for (const search of [
      'zoe',
      'MULLER zoë',
      '100%',
      'zoe.m@',
      'zoe.m@example.o',
      'oe.m@exa',
      '@example.org',
      'ZOE.M@example.org',
      'example.org',
      'mü',
      'lle',
    ])
      expect(await idsOf({ search }), search).toEqual([first])
    expect(await idsOf({ search: 'cora' })).toEqual([second])
    expect(await idsOf({ search: 'example' })).toEqual([second, first])
    expect(await idsOf({ search: 'example', status: 'placed' })).toEqual([])
    expect(await idsOf({ search: '%' })).toEqual([first])
    for (const search of ['zoe.m@example.com', 'zoe@', '_', '\\', 'zoe cora', 'zoe%'])
      expect(await idsOf({ search }), search).toEqual([])
  })

  it('are found by a whole address of a customer, theirs alone', async () => {
    const [first] = [await addOrder(actor), await addOrder(actor)]
    const customer = await db().customer.findFirstOrThrow({ where: { orders: { some: { id: first } } } })
    await db().customer.update({ where: { id: customer.id }, data: { email: 'ann@example.com' } })
    await db().order.updateMany({
      where: { accountId: actor.account.id },
      data: { customerEmail: 'joann@example.com' },
    })
    expect(await idsOf({ search: 'Ann@Example.com' })).toEqual([first])
    expect(await idsOf({ search: 'Ann@Example.com', status: 'placed' })).toEqual([])
    expect(await idsOf({ search: 'ann@example.co' })).toHaveLength(2)
    expect((await listOrders(await openShop(), { search: 'ann@example.com' })).orders).toEqual([])
  })

  it('are found however old they are, and however many are looked through before the index is asked', async () => {
    await addOrders(actor, 60)
    const asked = { accountId: actor.account.id, take: 4 }
    const all = [60, 50, 40, 30, 20, 10]
    for (const walked of [1, 7, 30, 60, 61, 1_000]) {
      const found = (more: object) => searchOrders({ ...asked, search: 'zebedee', ...more }, walked)
      expect(await found({}), String(walked)).toEqual(all.slice(0, 4))
      expect(await found({ status: 'awaitingCard', take: 9 }), String(walked)).toEqual(all)
      expect(await found({ before: 40 }), String(walked)).toEqual(all.slice(3))
      expect(await found({ status: 'placed' }), String(walked)).toEqual([])
      expect(await found({ search: 'cora', before: 60 }), String(walked)).toEqual([59, 58, 57, 56])
      expect(await found({ search: 'nobody' }), String(walked)).toEqual([])
    }
  })

  it('are counted no further than anybody reads', async () => {
    await addOrders(actor, 10_001)
    expect((await countOrders(actor)).awaitingCard).toEqual({ count: 10_000, isMore: true })
  })

  it('are nobody else’s', async () => {
    const id = await placedOrder(actor, [{ productId: await addProduct(actor), quantity: 2 }])
    const other = await openShop()
    expect(await findOrder(actor, id)).toMatchObject({ id, items: [{ quantity: 2, totalMinor: 200 }] })
    expect([await findOrder(other, id), await findOrder(actor, '\u0000')]).toEqual([null, null])
    expect((await listOrders(other, {})).orders).toEqual([])
    expect(Object.values(await countOrders(other)).every(({ count }) => count === 0)).toBe(true)
  })

  it('are told to who has the link, and of no other shop, without the customer’s data', async () => {
    const id = await placedOrder(actor, [{ productId: await addProduct(actor), quantity: 2 }])
    const { publicId } = await db().order.findUniqueOrThrow({ where: { id } })
    const found = await findPublicOrder(actor.account.slug, publicId)
    expect(found).toMatchObject({
      status: 'placed',
      isPlaced: true,
      isPaid: false,
      isConfirmed: false,
      isReserved: false,
      items: [{ title: 'T' }],
    })
    expect(JSON.stringify(found)).not.toMatch(/Cora|cora@|High Street/)
    expect(await findPublicOrder((await openShop()).account.slug, publicId)).toBeNull()
  })
})
