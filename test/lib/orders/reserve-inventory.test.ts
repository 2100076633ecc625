import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { closePayments, endOrder } from '@/lib/orders/settle-order'
import { placedOrder } from '../../support/orders'
import { addOrder, addProduct, openShop, ownShopDatabase, stockAndSums } from '../../support/shop'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

describe('the inventory of an order', () => {
  it('never sells more than there is, and nobody waits in a ring, with 200 orders at once for the last 10', async () => {
    const [few, many] = [await addProduct(actor, { onHand: 10 }), await addProduct(actor, { onHand: 500 })]
    const items = [few, many].map((productId) => ({ productId, quantity: 1 }))
    const orderIds: string[] = []
    for (let n = 0; n < 200; n++) orderIds.push(await placedOrder(actor, n % 2 ? items : [...items].reverse()))
    const answers = await Promise.all(orderIds.map(reserveInventory))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10)
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 190 }, () => ({ ok: false, why: 'outOfStock' })),
    )
    const stock = (await stockAndSums(actor)).map(({ reserved, reservedSum }) => [reserved, reservedSum])
    expect(stock).toEqual([
      [10, 10],
      [10, 10],
    ])
    expect(await db().order.count({ where: { accountId: actor.account.id, endingAs: 'outOfStock' } })).toBe(190)
  }, 60_000)

  it('is reserved once, however often it is asked for, and given back once', async () => {
    const mug = await addProduct(actor, { onHand: 5 })
    const id = await placedOrder(actor, [{ productId: mug, quantity: 2 }])
    expect(await Promise.all([1, 2, 3].map(() => reserveInventory(id)))).toEqual([1, 2, 3].map(() => ({ ok: true })))
    expect(await stockAndSums(actor)).toMatchObject([{ onHand: 5, reserved: 2 }])
    await closePayments(id, 'failed')
    expect(await Promise.all([1, 2, 3].map(() => endOrder(id)))).toEqual(['failed', 'failed', 'failed'])
    expect(await stockAndSums(actor)).toMatchObject([{ onHand: 5, reserved: 0 }])
    expect(await reserveInventory(id)).toEqual({ ok: false, why: 'failed' })
  })

  it('is nothing for an order without a card, and none is there for an order that is not', async () => {
    const id = await addOrder(actor)
    expect(await reserveInventory(id)).toEqual({ ok: false, why: 'awaitingCard' })
    await expect(reserveInventory('nothing')).rejects.toThrow('There is no order nothing.')
  })
})
