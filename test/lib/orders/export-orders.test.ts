import { Readable } from 'node:stream'
import { beforeEach, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { exportOrders } from '@/lib/orders/export-orders'
import { addOrders } from '../../support/orders'
import { addOrder, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let actor: Actor

beforeEach(async () => {
  actor = await openShop({ currency: 'EUR' })
})

async function linesOf(filter: Parameters<typeof exportOrders>[1] = {}): Promise<string[]> {
  return (await Readable.from(exportOrders(actor, filter)).toArray()).join('').split('\r\n').slice(0, -1)
}

it('orders are written as CSV, money as decimals beside its currency, and no cell is a formula', async () => {
  const id = await addOrder(actor)
  const customerName = '=HYPERLINK("http://evil.example")'
  const { number, createdAt } = await db().order.update({
    where: { id },
    data: {
      customerName,
      customerEmail: '+1@example.com',
      address: '1 High Street,\nSpringfield',
      totalMinor: 123_405,
    },
  })
  expect((await linesOf()).join('\r\n')).toBe(
    [
      'Number,Ordered at,Status,Customer,Email,Address,Total,Given back,Currency,Placed at,Confirmed at,Ended at',
      `${number},${createdAt.toISOString()},awaiting card,"'=HYPERLINK(""http://evil.example"")",'+1@example.com,"1 High Street,\nSpringfield",1234.05,0.00,EUR,,,`,
    ].join('\r\n'),
  )
})

it('what was given back stands beside what was charged', async () => {
  const orderId = await addOrder(actor)
  const payment = { id: orderId, orderId, amountMinor: 1_250, currency: 'EUR', createdAt: new Date() }
  await db().payment.create({
    data: { ...payment, status: 'succeeded', providerIntentId: orderId, endedAt: new Date(), refundedMinor: 300 },
  })
  expect((await linesOf())[1]).toContain(',12.50,3.00,EUR,')
})

it('a file has the orders of the tab and of the search, and of no other shop', async () => {
  await addOrders(actor, 20)
  await addOrders(await openShop(), 20)
  const numbers = async (filter: Parameters<typeof exportOrders>[1]) =>
    (await linesOf(filter)).slice(1).map((line) => Number(line.split(',')[0]))
  expect(await numbers({ search: 'zebedee' })).toEqual([20, 10])
  expect(await numbers({ status: 'placed' })).toEqual([])
  expect(await numbers({ status: 'awaitingCard' })).toHaveLength(20)
})

it('pages are read one by one, as they are taken, and each order comes once', async () => {
  await addOrders(actor, 2_500)
  const pieces = exportOrders(actor, {})
  const counts: number[] = []
  for await (const piece of pieces) {
    counts.push(piece.split('\r\n').length - 1)
    // What is gone before its page is read was not held in memory.
    if (counts.length === 2)
      await db().order.deleteMany({ where: { accountId: actor.account.id, number: { lte: 700 } } })
  }
  expect(counts).toEqual([1, 1_000, 800])
})
