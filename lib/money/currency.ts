const known = new Set(Intl.supportedValuesOf('currency'))

/** Whether a text is the ISO 4217 code of a currency that amounts can be shown in, such as `EUR`. */
export function isCurrency(code: string): boolean {
  return known.has(code)
}

const decimals = new Map<string, number>()

/**
 * How many decimals a currency has: 2 for most, 0 for yen, 3 for Kuwaiti dinar. An amount in minor units is the amount
 * times ten to that power.
 */
export function decimalsOf(currency: string): number {
  const found = decimals.get(currency) ?? digitsByIntl(currency)
  decimals.set(currency, found)
  return found
}

function digitsByIntl(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
