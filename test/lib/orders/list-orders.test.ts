import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { findOrder } from '@/lib/orders/find-order'
import { findPublicOrder } from '@/lib/orders/find-public-order'
import { countOrders, listOrders, orderFilter } from '@/lib/orders/list-orders'
import { placedOrder } from '../../support/orders'
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
    expect(await countOrders(actor)).toEqual({ awaitingCard: 52 })
    expect(await idsOf({ status: 'placed' })).toEqual([])
    expect(await idsOf({ status: 'nonsense', cursor: 'x' })).toHaveLength(50)
  })

  it('are found by number, by the customer’s address and by their name', async () => {
    const [first, second] = [await addOrder(actor), await addOrder(actor)]
    const { number, customer } = await db().order.findUniqueOrThrow({
      where: { id: first },
      include: { customer: true },
    })
    await db().customer.update({ where: { id: customer.id }, data: { name: 'Zoë 100%' } })
    expect(await idsOf({ search: `#${number}` })).toEqual([first])
    expect(await idsOf({ search: customer.email.toUpperCase() })).toEqual([first])
    expect(await idsOf({ search: 'zoë 100%' })).toEqual([first])
    expect(await idsOf({ search: 'cora' })).toEqual([second])
    expect(await idsOf({ search: '%' })).toEqual([])
  })

  it('are nobody else’s', async () => {
    const id = await placedOrder(actor, [{ productId: await addProduct(actor), quantity: 2 }])
    const other = await openShop()
    expect(await findOrder(actor, id)).toMatchObject({ id, items: [{ quantity: 2, totalMinor: 200 }] })
    expect([await findOrder(other, id), await findOrder(actor, '\u0000')]).toEqual([null, null])
    expect([(await listOrders(other, {})).orders, await countOrders(other)]).toEqual([[], {}])
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
