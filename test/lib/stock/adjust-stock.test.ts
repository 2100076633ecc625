import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { adjustStock, type StockForm, stockForm } from '@/lib/stock/adjust-stock'
import { listMovements } from '@/lib/stock/list-movements'
import { reserveStock } from '@/lib/stock/reserve-stock'
import { addOrder, addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let actor: Actor
let mug: string

beforeEach(async () => {
  actor = await openShop()
  mug = await addProduct(actor, { onHand: 10 })
})

const adjust = (change: StockForm['change'], quantity: number, more: Partial<StockForm> = {}) =>
  adjustStock(actor, mug, { change, quantity, note: '', formId: randomUUID(), ...more })
const lines = async () =>
  (await listMovements(actor, mug)).movements.map(({ kind, onHandDelta, note }) => [kind, onHandDelta, note])

describe('an owner', () => {
  it('receives, removes and counts, and reads each in the ledger', async () => {
    expect(await adjust('received', 5, { note: 'from Rosa' })).toEqual({ ok: true, onHand: 15 })
    expect(await adjust('removed', 2, { note: 'broken' })).toEqual({ ok: true, onHand: 13 })
    expect(await adjust('counted', 12)).toEqual({ ok: true, onHand: 12 })
    expect(await adjust('counted', 12)).toEqual({ ok: true, onHand: 12 })
    expect(await lines()).toEqual([
      ['adjusted', -1, null],
      ['adjusted', -2, 'broken'],
      ['received', 5, 'from Rosa'],
      ['opening', 10, null],
    ])
  })

  it('does it once, however often one form is sent, and at once', async () => {
    const formId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 5 }, () => adjust('removed', 7, { formId })))
    expect(answers).toEqual(answers.map(() => ({ ok: true, onHand: 3 })))
    expect(await lines()).toHaveLength(2)
  })

  it('can’t take away what is promised to orders, or is not there', async () => {
    const order = {
      accountId: actor.account.id,
      orderId: await addOrder(actor),
      items: [{ productId: mug, quantity: 8 }],
    }
    await db().$transaction((tx) => reserveStock(tx, order))
    const promised = '8 of 10 are reserved for orders. No fewer can be on hand.'
    expect(await adjust('removed', 3)).toEqual({ ok: false, message: promised, fields: { quantity: promised } })
    expect(await adjust('counted', 7)).toMatchObject({ ok: false, message: promised })
    expect(await adjust('removed', 11)).toMatchObject({
      message: 'No more than 10 can be removed: that is all there is.',
    })
    expect(await adjust('removed', 2)).toEqual({ ok: true, onHand: 8 })
  })

  it('is told of a change that is none, or too much', async () => {
    expect(await adjust('received', 0)).toMatchObject({ message: 'Say how many; 1 at least.' })
    await db().$transaction(async (tx) => {
      const more = { productId: mug, kind: 'received' as const, onHandDelta: 9_999_990, key: randomUUID() }
      await (await import('@/lib/stock/move-stock')).moveStock(tx, [more])
    })
    expect(await adjust('received', 1)).toMatchObject({ ok: false, fields: { quantity: expect.any(String) } })
  })

  it('reads the ledger page by page', async () => {
    for (let n = 1; n < 25; n++) await adjust('received', n)
    const first = await listMovements(actor, mug)
    expect(first.movements).toHaveLength(20)
    const rest = await listMovements(actor, mug, { cursor: first.nextCursor ?? '' })
    expect(rest).toMatchObject({ movements: { length: 5 }, nextCursor: null })
    for (const cursor of ['x', '-1', '9'.repeat(40)])
      expect((await listMovements(actor, mug, { cursor })).movements).toHaveLength(20)
  })
})

describe('the form', () => {
  it('needs a change, a whole number, and an id', () => {
    const right = { change: 'received', quantity: '5', formId: randomUUID() }
    expect(stockForm.parse(right)).toMatchObject({ quantity: 5, note: '' })
    for (const wrong of [{ change: 'stolen' }, { quantity: 'five' }, { formId: 'x' }, { note: 'x'.repeat(201) }])
      expect(stockForm.safeParse({ ...right, ...wrong }).success).toBe(false)
  })
})
