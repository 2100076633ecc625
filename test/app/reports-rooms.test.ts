import { describe, expect, it } from 'vitest'
import { changeOf } from '@/app/(shop)/reports/words'
import { formatMoney } from '@/lib/money/format-money'

const money = (minor: number) => formatMoney(minor, 'USD')

describe('a figure beside that of the period before', () => {
  it.each([
    [12, 10, 'up', '+$0.02, 20 % more'],
    [10, 12, 'down', '−$0.02, 17 % less'],
    [7, 7, 'same', 'No change'],
    [0, 0, 'same', 'No change'],
    [5, 0, 'up', '+$0.05'],
    [0, 5, 'down', '−$0.05, 100 % less'],
    [10_001, 10_000, 'up', '+$0.01'],
    [2_500, 1, 'up', '+$24.99, 249,900 % more'],
  ] as const)('tells of %i after %i by sign and words', (now, before, direction, words) => {
    expect(changeOf(now, before, money)).toEqual({ direction, words })
  })

  it('is not compared with nothing', () => {
    expect([changeOf(null, 5, money), changeOf(5, null, money)]).toEqual([null, null])
  })
})
