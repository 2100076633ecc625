import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulkChange, type ChangeForm, outcomeOf, readChange } from '@/lib/products/bulk/change'

const product = { priceMinor: 1_250, onHand: 10, reserved: 4, archivedAt: null }
const read = (kind: ChangeForm['kind'], value = '', currency = 'USD') => {
  const found = readChange({ kind, value }, currency)
  return found.ok ? found.change : found.fields?.value
}

describe('a change that is filled in', () => {
  it.each([
    ['price-percent', '10', { hundredths: 1_000 }],
    ['price-percent', '-12.5 %', { hundredths: -1_250 }],
    ['price-percent', '+0,25', { hundredths: 25 }],
    ['price-amount', '1.50', { minor: 150 }],
    ['price-amount', '-2', { minor: -200 }],
    ['stock-add', '-3', { pieces: -3 }],
    ['stock-set', '0', { pieces: 0 }],
  ] as const)('%s by %j is read', (kind, value, change) => {
    expect(read(kind, value)).toEqual({ kind, ...change })
  })

  it.each([
    ['price-percent', '', 'Write a value.'],
    ['price-percent', 'ten', 'a percentage such as 10'],
    ['price-percent', '0', 'nothing would change'],
    ['price-percent', '-100.01', '100 % at most'],
    ['price-percent', '1001', '1000 % at most'],
    ['price-percent', '1.234', 'a percentage such as 10'],
    ['price-amount', '1.234', 'decimals'],
    ['price-amount', '--1', 'an amount such as'],
    ['stock-add', '1.5', 'a whole number'],
    ['stock-add', '0', 'nothing would change'],
    ['stock-set', '-1', 'a whole number'],
    ['stock-set', '1000001', '1000000 at most'],
  ] as const)('%s by %j is refused, with what would be right', (kind, value, words) => {
    expect(read(kind, value)).toContain(words)
  })

  it('by an amount goes by the decimals of the shop’s currency', () => {
    expect(read('price-amount', '150', 'JPY')).toEqual({ kind: 'price-amount', minor: 150 })
    expect(read('price-amount', '1.5', 'JPY')).toContain('JPY has no decimals')
  })
})

describe('what becomes of a product', () => {
  it.each([
    [
      { kind: 'price-percent', hundredths: 1_000 },
      { kind: 'price', priceMinor: 1_375 },
    ],
    [{ kind: 'price-percent', hundredths: 1 }, { kind: 'same' }],
    [
      { kind: 'price-percent', hundredths: -10_000 },
      { kind: 'price', priceMinor: 0 },
    ],
    [
      { kind: 'price-amount', minor: -1_251 },
      { kind: 'refused', reason: 'The price would be below nothing.' },
    ],
    [
      { kind: 'stock-add', pieces: -6 },
      { kind: 'stock', onHand: 4 },
    ],
    [
      { kind: 'stock-add', pieces: -7 },
      { kind: 'refused', reason: '4 of 10 are reserved for orders.' },
    ],
    [
      { kind: 'stock-add', pieces: -11 },
      { kind: 'refused', reason: 'Only 10 are on hand.' },
    ],
    [{ kind: 'stock-set', pieces: 10 }, { kind: 'same' }],
    [{ kind: 'archive' }, { kind: 'archived', isArchived: true }],
    [{ kind: 'unarchive' }, { kind: 'same' }],
  ])('by %j is %j', (change, outcome) => {
    expect(outcomeOf(bulkChange.parse(change), product)).toEqual(outcome)
  })

  it('rounds half a cent up', () => {
    const by = (priceMinor: number, hundredths: number) =>
      outcomeOf({ kind: 'price-percent', hundredths }, { ...product, priceMinor })
    expect(by(50, 100)).toEqual({ kind: 'price', priceMinor: 51 })
    expect(by(150, -100)).toEqual({ kind: 'price', priceMinor: 149 })
  })

  it('is never a price or a stock that the database would refuse', () => {
    const changes = fc.oneof(
      fc.record({
        kind: fc.constant('price-percent' as const),
        hundredths: fc.integer({ min: -10_000, max: 100_000 }),
      }),
      fc.record({
        kind: fc.constant('price-amount' as const),
        minor: fc.integer({ min: -99_999_999, max: 99_999_999 }),
      }),
      fc.record({ kind: fc.constant('stock-add' as const), pieces: fc.integer({ min: -1_000_000, max: 1_000_000 }) }),
      fc.record({ kind: fc.constant('stock-set' as const), pieces: fc.integer({ min: 0, max: 1_000_000 }) }),
    )
    const stocks = fc.tuple(fc.nat(10_000_000), fc.nat(10_000_000)).map((pair) => [...pair].sort((a, b) => a - b))
    fc.assert(
      fc.property(changes, fc.nat(99_999_999), stocks, (change, priceMinor, [reserved = 0, onHand = 0]) => {
        const outcome = outcomeOf(change, { priceMinor, onHand, reserved, archivedAt: null })
        if (outcome.kind === 'price') {
          expect(outcome.priceMinor).toSatisfy((price: number) => Number.isInteger(price) && price >= 0)
          expect(outcome.priceMinor).toBeLessThanOrEqual(99_999_999)
        }
        if (outcome.kind === 'stock') expect(outcome.onHand).toBeGreaterThanOrEqual(reserved)
      }),
    )
  })
})
