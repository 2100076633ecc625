import { decimalsOf } from './currency'

const formats = new Map<string, Intl.NumberFormat>()

/** An amount in minor units as its reader's language writes it, such as `$1,234.50`. Exact for any amount. */
export function formatMoney(minor: number, currency: string, locale = 'en'): string {
  const key = `${locale} ${currency}`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
  formats.set(key, format)
  return format.format(decimalText(minor, currency))
}

/** An amount in minor units as it is typed: with a point, all of its decimals, and nothing else, such as `1234.50`. */
export function decimalText(minor: number, currency: string): `${number}` {
  const decimals = decimalsOf(currency)
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)]
  return `${minor < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}` as `${number}`
}

/** An amount in few digits, for over a bar: whole units, and thousands of them in short. Rounded. */
export function shortMoney(minor: number, currency: string, locale = 'en'): string {
  const amount = Number(decimalText(minor, currency))
  const short: Intl.NumberFormatOptions =
    amount >= 10_000 ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: 0 }
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  return new Intl.NumberFormat(locale, { ...style, ...short }).format(amount)
}
