import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalsOf, isCurrency } from '@/lib/money/currency'
import { decimalText, formatMoney } from '@/lib/money/format-money'
import { MOST_MINOR, parseMoney } from '@/lib/money/parse-money'

const minorOf = (text: string, currency: string) => {
  const parsed = parseMoney(text, currency)
  return parsed.ok ? parsed.minor : parsed.problem
}

describe('a currency', () => {
  it('has the decimals that Intl knows of', () => {
    expect(['USD', 'JPY', 'KWD'].map(decimalsOf)).toEqual([2, 0, 3])
  })

  it('is known by its code alone', () => {
    expect(['USD', 'EUR', 'KWD'].every(isCurrency)).toBe(true)
    expect(['usd', 'XYZ', 'US', '$', ''].some(isCurrency)).toBe(false)
  })
})

describe('an amount that is typed', () => {
  it.each([
    ['12.50', 'USD', 1250],
    ['12,5', 'EUR', 1250],
    [' 12 ', 'USD', 1200],
    ['0', 'USD', 0],
    ['007.10', 'USD', 710],
    ['1,234.50', 'USD', 123450],
    ['1.234,50', 'EUR', 123450],
    ['1 234,50', 'EUR', 123450],
    ['1\u00a0234', 'EUR', 123400],
    ["12'345.60", 'CHF', 1234560],
    ['1234', 'JPY', 1234],
    ['1.234', 'KWD', 1234],
    ['1,5', 'KWD', 1500],
    ['999999.99', 'USD', MOST_MINOR],
    ['8.2', 'USD', 820],
    ['1.1', 'USD', 110],
    ['4.35', 'USD', 435],
  ])('%s in %s is %d minor units', (text, currency, minor) => {
    expect(minorOf(text, currency)).toBe(minor)
  })

  it.each([
    ['', 'USD', 'Write an amount such as 12.50.'],
    ['-1', 'USD', 'Write an amount such as 12.50.'],
    ['$12', 'USD', 'Write an amount such as 12.50.'],
    ['1e3', 'USD', 'Write an amount such as 12.50.'],
    ['1.2.3', 'USD', 'Write an amount such as 12.50.'],
    ['12,34,567.00', 'USD', 'Write an amount such as 12.50.'],
    ['.5', 'USD', 'Write an amount such as 12.50.'],
    ['１２', 'JPY', 'Write an amount such as 1250.'],
    ['NaN', 'KWD', 'Write an amount such as 12.500.'],
    ['1,234', 'USD', 'USD has 2 decimals at most: write 12.50, say, with nothing between thousands.'],
    ['1.234', 'EUR', 'EUR has 2 decimals at most: write 12.50, say, with nothing between thousands.'],
    ['12.5', 'JPY', 'JPY has no decimals: write 1250, say, with nothing between thousands.'],
    ['1,234', 'KWD', 'A comma before three digits can be read in two ways: write a point, or none.'],
    ['1000000', 'USD', 'Use 999999.99 at most.'],
    ['9'.repeat(400), 'KWD', 'Use 99999.999 at most.'],
  ])('%j in %s is refused, in words', (text, currency, problem) => {
    expect(minorOf(text, currency)).toBe(problem)
  })

  it('comes back as it was from what is shown in its field, in every currency', () => {
    const currencies = fc.constantFrom(...Intl.supportedValuesOf('currency'))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST_MINOR }), currencies, (minor, currency) => {
        expect(parseMoney(decimalText(minor, currency), currency)).toEqual({ ok: true, minor })
      }),
    )
  })

  it('takes any text without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseMoney(text, 'EUR').ok === 'boolean'))
  })
})

describe('an amount that is shown', () => {
  it('has its currency and all of its decimals, as the reader’s language writes them', () => {
    expect(formatMoney(123_450, 'USD')).toBe('$1,234.50')
    expect(formatMoney(5, 'EUR')).toBe('€0.05')
    expect(formatMoney(1_250, 'JPY')).toBe('¥1,250')
    expect(formatMoney(1_234, 'KWD')).toBe('KWD\u00a01.234')
    expect(formatMoney(-250, 'USD')).toBe('-$2.50')
    expect(formatMoney(123_450, 'EUR', 'de')).toBe('1.234,50\u00a0€')
  })

  it('is exact where a float is not', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'USD')).toBe('$90,071,992,547,409.91')
  })

  it('stands in a field with a point and nothing between thousands', () => {
    expect([decimalText(123_450, 'USD'), decimalText(5, 'KWD'), decimalText(7, 'JPY'), decimalText(-5, 'USD')]).toEqual(
      ['1234.50', '0.005', '7', '-0.05'],
    )
  })
})
