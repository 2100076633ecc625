/**
 * What a shop can be priced in, by ISO 4217 code: what the payment provider takes in the same minor units in which Intl
 * counts it; each with the least that it charges, in minor units:
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
 */
const leastCharges = {
  USD: 50,
  EUR: 50,
  GBP: 30,
  AED: 200,
  AUD: 50,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1_500,
  DKK: 250,
  HKD: 400,
  INR: 50,
  JPY: 50,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1_000,
} as const

export type ShopCurrency = keyof typeof leastCharges

export const shopCurrencies = Object.keys(leastCharges) as ShopCurrency[]

/** The least that can be charged in a currency, in its minor units; of one that no shop can choose, the usual. */
export function leastChargeOf(currency: string): number {
  return leastCharges[currency as ShopCurrency] ?? 50
}

/** What a shop can be priced in, each with its name in a language, such as `Euro`. */
export function namedCurrencies(locale: string): { code: ShopCurrency; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return shopCurrencies.map((code) => ({ code, name: names.of(code) ?? code }))
}
