import { describe, expect, it } from 'vitest'
import { priceItems } from '@/lib/orders/price-items'

const sold = (priceMinor: number, currency: string) => ({
  ...{ id: 'p', sku: 'S', title: 'Mug', priceMinor, currency, available: 10, archivedAt: null },
})
const price = (priceMinor: number, currency: string) =>
  priceItems([{ productId: 'p', quantity: 2 }], [sold(priceMinor, currency)])

describe('what an order comes to', () => {
  it.each([
    ['USD', 25],
    ['CZK', 750],
    ['JPY', 25],
    ['KWD', 25],
  ])('is in %s no less than the payment provider charges', (currency, priceMinor) => {
    expect(price(priceMinor, currency)).toMatchObject({ ok: true, totalMinor: 2 * priceMinor, currency })
    const { ok, fields } = price(priceMinor - 1, currency) as { ok: boolean; fields: Record<string, string> }
    expect([ok, fields.items]).toEqual([false, expect.stringContaining(' at least.')])
  })
})
