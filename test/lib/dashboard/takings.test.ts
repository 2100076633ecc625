import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { readTakings } from '@/lib/dashboard/read-takings'
import { db } from '@/lib/db'
import type { OrderStatus } from '@/lib/orders/statuses'
import { addOrder, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let shop: Actor

beforeEach(async () => {
  shop = await openShop()
})

const inZone = (timeZone: string) => ({ ...shop, account: { ...shop.account, timeZone } })
const takings = (at: string, timeZone = 'Europe/Berlin') => readTakings(inZone(timeZone), new Date(at))

/** An order by its rows alone, which was placed at an instant. @returns its id. */
async function placed(at: string, totalMinor: number, change: { status?: OrderStatus; currency?: string } = {}) {
  const id = await addOrder(shop)
  const { status = 'confirmed', currency = 'USD' } = change
  const hasEnded = status !== 'confirmed' && status !== 'placed'
  await db().order.update({
    where: { id },
    data: {
      status: 'placed',
      placedAt: new Date(at),
      providerCustomerId: 'cus_1',
      providerCardId: 'pm_1',
      totalMinor,
      currency,
    },
  })
  if (status === 'placed') return id
  const ending = status === 'refunded' ? (['confirmed', 'refunded'] as const) : [status]
  for (const next of ending)
    await db().order.update({
      where: { id },
      data: {
        status: next,
        ...(next === 'confirmed' ? { confirmedAt: new Date(at) } : {}),
        ...(hasEnded && next === status ? { endedAt: new Date(at) } : {}),
      },
    })
  return id
}

describe('what a shop has taken', () => {
  it('is nothing at first', async () => {
    const { today, weekAgo, days } = await takings('2026-11-25T12:00:00Z')
    expect([today, weekAgo]).toMatchObject(Array(2).fill({ orders: 0, revenueMinor: 0 }))
    expect(days).toHaveLength(7)
  })

  it('is counted from midnight in its own zone on', async () => {
    await placed('2026-11-24T22:59:59.999Z', 100)
    await placed('2026-11-24T23:00:00Z', 200)
    await placed('2026-11-25T12:00:00Z', 400)
    const { today, days } = await takings('2026-11-25T12:00:00Z')
    expect(today).toEqual({ from: new Date('2026-11-24T23:00:00Z'), orders: 2, revenueMinor: 600 })
    expect(days.map(({ revenueMinor }) => revenueMinor)).toEqual([0, 0, 0, 0, 0, 100, 600])
    expect((await takings('2026-11-25T12:00:00Z', 'America/New_York')).today.revenueMinor).toBe(400)
  })

  it('stands beside as much of the same day a week before', async () => {
    await placed('2026-11-18T09:00:00Z', 100)
    await placed('2026-11-18T12:00:00Z', 200)
    await placed('2026-11-18T12:00:01Z', 400)
    const { weekAgo, days } = await takings('2026-11-25T12:00:00Z')
    expect(weekAgo).toMatchObject({ orders: 2, revenueMinor: 300 })
    expect(days.at(-1)?.before).toMatchObject({ orders: 3, revenueMinor: 700 })
  })

  it('counts every order that was placed, and the money that is kept of those that are confirmed, in the shop’s currency', async () => {
    const at = '2026-11-25T10:00:00Z'
    await placed(at, 100)
    await placed(at, 200, { status: 'placed' })
    await placed(at, 400, { status: 'declined' })
    await placed(at, 800, { status: 'refunded' })
    await placed(at, 1_600, { currency: 'EUR' })
    const orderId = await placed(at, 3_200)
    const payment = { id: orderId, orderId, status: 'succeeded' as const, providerIntentId: orderId, currency: 'USD' }
    await db().payment.create({
      data: { ...payment, amountMinor: 3_200, refundedMinor: 3_000, createdAt: new Date(at), endedAt: new Date(at) },
    })
    await addOrder(shop)
    expect((await takings('2026-11-25T12:00:00Z')).today).toMatchObject({ orders: 6, revenueMinor: 300 })
  })

  it('knows days of 23 and of 25 hours', async () => {
    // On 25 October the clocks of Berlin are put back: its day ends at 23:00 UTC, and began at 22:00.
    await placed('2026-10-24T22:00:00Z', 1)
    await placed('2026-10-25T22:30:00Z', 10)
    await placed('2026-10-25T23:00:00Z', 100)
    const { days, today } = await takings('2026-10-26T12:00:00Z')
    expect(days.slice(-2).map(({ revenueMinor }) => revenueMinor)).toEqual([11, 100])
    expect(today.revenueMinor).toBe(100)
    const long = await takings('2026-10-25T22:59:59Z')
    expect(long.today).toEqual({ from: new Date('2026-10-24T22:00:00Z'), orders: 2, revenueMinor: 11 })
    // Twenty-five hours have gone by, of which the day a week before has but twenty-four.
    await placed('2026-10-18T22:30:00Z', 7)
    expect((await takings('2026-10-25T22:59:59Z')).weekAgo.orders).toBe(0)
    await placed('2026-03-29T21:59:59Z', 5)
    await placed('2026-03-29T22:00:00Z', 6)
    expect((await takings('2026-03-30T12:00:00Z')).days.slice(-2).map(({ revenueMinor }) => revenueMinor)).toEqual([
      5, 6,
    ])
  })

  it('is nobody else’s', async () => {
    await placed('2026-11-25T12:00:00Z', 400)
    const other = await openShop()
    expect((await readTakings(other, new Date('2026-11-25T12:00:00Z'))).today.orders).toBe(0)
  })

  it('is found by the index, however many orders there are', async () => {
    const { id: accountId } = shop.account
    await placed('2026-11-25T12:00:00Z', 1)
    await db().$executeRaw`
      INSERT INTO "Order" ("id", "publicId", "accountId", "number", "customerId", "customerName", "customerEmail", "address",
        "status", "totalMinor", "currency", "idempotencyKey", "formHash", "createdAt", "expiresAt", "placedAt", "confirmedAt",
        "providerCustomerId", "providerCardId")
      SELECT "id" || n, "id" || n, "accountId", 10000 + n, "customerId", '', '', '', 'confirmed', 100, 'USD', "id" || n, '',
        at, at, at, at, 'c', 'p'
      FROM "Order", LATERAL (SELECT n, "placedAt" - n * interval '1 hour' AS at FROM generate_series(1, 20000) AS n) AS made
      WHERE "accountId" = ${accountId}`
    await db().$executeRaw`ANALYZE "Order"`
    const before = await rowsRead()
    const { days } = await takings('2026-11-25T12:30:00Z')
    expect(days[0]?.orders).toBe(24)
    expect((await rowsRead()) - before).toBeLessThan(2_000)
  })
})

/** How many rows and index entries of orders were read so far. */
async function rowsRead(): Promise<number> {
  await db().$queryRaw`SELECT pg_stat_force_next_flush()::text`
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0) + (
      SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'Order'
    ))::int AS n FROM pg_stat_user_tables WHERE relname = 'Order'`
  return rows[0]?.n ?? 0
}
