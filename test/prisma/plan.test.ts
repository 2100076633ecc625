import { describe, expect, it } from 'vitest'
import { startOfDay } from '@/lib/time/zoned-day'
import { demoProducts } from '@/prisma/demo-products'
import { movementsOf, supplyOf } from '@/prisma/orders/ledger'
import { type PlannedOrder, planOrders } from '@/prisma/orders/plan'

const goods = demoProducts.map(({ sku, onHand, price }) => ({ sku, onHand, priceMinor: Number(price) * 100 }))
const ZONE = 'America/New_York'
const plan = (at: string) => planOrders(goods, new Date(at), ZONE)

/** Noon, the first second of a day, and the days on which the clocks are changed. */
const instants = ['2026-11-25T17:00:00Z', '2026-11-25T05:00:01Z', '2026-11-01T12:00:00Z', '2027-03-14T12:00:00Z']

function counts(orders: PlannedOrder[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { outcome } of orders) sums[outcome] = (sums[outcome] ?? 0) + 1
  return sums
}

describe('the orders of the demo shop', () => {
  it('are the same for the same instant', () => {
    expect(plan('2026-11-25T17:00:00Z')).toEqual(plan('2026-11-25T17:00:00Z'))
  })

  it.each(instants)('are two hundred at %s, most of them confirmed, some in each other way', (at) => {
    const orders = plan(at)
    expect(orders).toHaveLength(200)
    expect(counts(orders)).toEqual({
      ...{ confirmed: 176, declined: 8, cancelled: 5, refunded: 5, expired: 4, outOfStock: 2 },
    })
  })

  it.each(instants)('lie in the three months before %s, the latest five on its own day', (at) => {
    const [orders, now] = [plan(at), new Date(at)]
    const happened = orders.flatMap(({ createdAt, placedAt, confirmedAt, endedAt }) =>
      [createdAt, placedAt, confirmedAt, endedAt].flatMap((each) => each ?? []),
    )
    expect(happened.filter((each) => each > now || each < startOfDay(now, ZONE, 92))).toEqual([])
    expect(orders.filter(({ createdAt }) => createdAt >= startOfDay(now, ZONE))).toHaveLength(5)
  })

  it.each(instants)('always found enough of everything until %s, and leave what there should be', (at) => {
    const [orders, now] = [plan(at), new Date(at)]
    const delivery = new Date(now.getTime() - 46 * 24 * 3_600_000)
    const all = orders.flatMap(movementsOf)
    for (const { sku, onHand } of goods) {
      const moved = all.filter((each) => each.sku === sku)
      const { opening, received } = supplyOf(moved, onHand, delivery)
      const steps = [...moved, { at: delivery, onHandDelta: received, reservedDelta: 0 }]
      const stock = { onHand: opening, reserved: 0 }
      for (const { onHandDelta, reservedDelta } of steps.sort((a, b) => a.at.getTime() - b.at.getTime())) {
        stock.onHand += onHandDelta
        stock.reserved += reservedDelta
        expect(stock.reserved, sku).toBeGreaterThanOrEqual(0)
        expect(stock.onHand, sku).toBeGreaterThanOrEqual(stock.reserved)
      }
      expect(stock, sku).toEqual({ onHand, reserved: 0 })
      expect(received, sku).toBeGreaterThanOrEqual(0)
    }
  })
})
