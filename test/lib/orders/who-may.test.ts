import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { cancelOrder } from '@/lib/orders/cancel-order'
import { exportOrders } from '@/lib/orders/export-orders'
import { findOrder } from '@/lib/orders/find-order'
import { countOrders, listOrders, orderFilter } from '@/lib/orders/list-orders'
import { refundOrder } from '@/lib/orders/refund-order'
import { placedOrder } from '../../support/orders'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let theirs: Actor
let other: Actor
let id: string

beforeEach(async () => {
  theirs = await openShop()
  other = await openShop()
  id = await placedOrder(theirs, [{ productId: await addProduct(theirs), quantity: 1 }])
})

const unknown = { ok: false, message: 'There is no such order.' }
const search = (text: string) => (actor: Actor) => listOrders(actor, orderFilter.parse({ search: text }))
const nothing = { orders: [], nextCursor: null }

/** Every verb and query of orders, and what it says to the owner of another shop. */
const verbs: Record<string, [ask: (actor: Actor, orderId: string) => Promise<unknown>, answer: unknown]> = {
  findOrder: [(actor, orderId) => findOrder(actor, orderId), null],
  listOrders: [(actor) => listOrders(actor, orderFilter.parse({})), nothing],
  'listOrders by a name': [search('cora'), nothing],
  'listOrders by an address': [search('cora@example.com'), nothing],
  countOrders: [async (actor) => (await countOrders(actor)).placed, { count: 0, isMore: false }],
  exportOrders: [async (actor) => (await Readable.from(exportOrders(actor, {})).toArray()).length, 1],
  refundOrder: [(actor, orderId) => refundOrder(actor, orderId), unknown],
  cancelOrder: [(actor, orderId) => cancelOrder(actor, orderId), unknown],
}

describe('the owner of another shop', () => {
  it('finds nothing of this one by any verb or query, and changes nothing', async () => {
    const whole = () => db().order.findMany({ where: { id } })
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
