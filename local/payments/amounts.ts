import { invalidRequest } from './api-error'

/** The least that can be charged, in minor units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const LEAST: Record<string, number> = {
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
}
/** Eight digits. */
const MOST = 99_999_999
const WITHOUT_MINOR_UNITS = [
  'bif',
  'clp',
  'djf',
  'gnf',
  'jpy',
  'kmf',
  'krw',
  'mga',
  'pyg',
  'rwf',
  'ugx',
  'vnd',
  'vuv',
  'xaf',
  'xof',
  'xpf',
]

/** @throws ApiError for what is no currency's code. */
export function checkCurrency(currency: string): void {
  if (/^[a-z]{3}$/i.test(currency)) return
  const message = `Invalid currency: ${currency}. Stripe accepts three-letter ISO currency codes, such as usd.`
  throw invalidRequest(message, { param: 'currency' })
}

/** @throws ApiError for an amount that can't be charged. */
export function checkAmount(amount: number, currency: string): void {
  const [code, param] = [currency.toLowerCase(), 'amount']
  if (amount < 1)
    throw invalidRequest('This value must be greater than or equal to 1.', { param, code: 'parameter_invalid_integer' })
  if (amount > MOST)
    throw invalidRequest(`Amount must be no more than ${inWords(MOST, code)}`, { param, code: 'amount_too_large' })
  const least = LEAST[code] ?? 50
  if (amount < least)
    throw invalidRequest(`Amount must be at least ${inWords(least, code)}`, { param, code: 'amount_too_small' })
}

/** An amount in the words of Stripe's messages. Pure. */
export function inWords(amount: number, currency: string): string {
  const code = currency.toLowerCase()
  const number = WITHOUT_MINOR_UNITS.includes(code) ? String(amount) : (amount / 100).toFixed(2)
  return `${number} ${code}`
}
