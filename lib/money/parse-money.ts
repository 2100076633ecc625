import { decimalsOf } from './currency'
import { decimalText } from './format-money'

/** Payment providers take eight digits at most, in minor units. */
export const MOST_MINOR = 99_999_999

export type ParsedMoney = { ok: true; minor: number } | { ok: false; problem: string }

/** Ways of writing an amount, each with its whole part and its decimals. Thousands may be apart where that is plain. */
const ways = [
  /^(\d+)(?:[.,](\d+))?$/,
  /^(\d{1,3}(?:,\d{3})+)\.(\d+)$/,
  /^(\d{1,3}(?:\.\d{3})+),(\d+)$/,
  /^(\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+)(?:[.,](\d+))?$/,
]

/**
 * An amount that somebody has typed, such as `12.5`, `12,50` or `1,234.50`, as minor units. Read digit by digit, and so
 * exactly.
 *
 * What can be read in two ways is refused: `1,234` alone may be more than a thousand, or a little more than one.
 * @returns what would be right, where it is none, has too many decimals, or is more than a payment can be.
 */
export function parseMoney(text: string, currency: string): ParsedMoney {
  const decimals = decimalsOf(currency)
  const written = text.trim()
  const match = ways.map((way) => way.exec(written)).find((found) => found !== null)
  if (!match) return wrong(`Write an amount such as ${exampleOf(currency)}.`)
  const [, whole = '', fraction = ''] = match
  if (fraction.length > decimals) return wrong(tooManyDecimals(currency, decimals))
  if (isTwofold(written)) return wrong('A comma before three digits can be read in two ways: write a point, or none.')
  const digits = (whole.replace(/\D/g, '') + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '')
  if (digits.length > String(MOST_MINOR).length) return wrong(`Use ${decimalText(MOST_MINOR, currency)} at most.`)
  return { ok: true, minor: Number(digits) }
}

const isTwofold = (written: string) => /^\d{1,3},\d{3}$/.test(written)

const exampleOf = (currency: string) =>
  decimalsOf(currency) === 0 ? '1250' : `12.${'50'.padEnd(decimalsOf(currency), '0')}`

function tooManyDecimals(currency: string, decimals: number): string {
  const most = decimals === 0 ? 'no decimals' : `${decimals} decimals at most`
  return `${currency} has ${most}: write ${exampleOf(currency)}, say, with nothing between thousands.`
}

const wrong = (problem: string): ParsedMoney => ({ ok: false, problem })
