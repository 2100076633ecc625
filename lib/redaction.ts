export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Stands where something was that nobody should read. */
export const REDACTED = '[redacted]'

/** Names, in lower case without `_` and `-`, whose values are never shown; `…token` and the like fit by their ends. */
const secretNames = /^(authorization|cookie|setcookie|pin|otp|ssn|cvc|cvv|cvv2|pan|cardnumber|iban|credentials?)$/
const secretEnds =
  /(password|passwd|passphrase|secret|token|apikey|privatekey|signingkey|eventkey|accesskey|sessionid)$/

/** Texts that are secrets wherever they stand, each with what replaces it. */
const secretTexts: [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\b(Bearer|Basic) +[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED],
  [/\bsignkey-\w+-[0-9a-f]{8,}/gi, REDACTED],
  [/\b(sk|rk|pk)_(live|test)_\w{8,}/g, REDACTED],
  [/\bwhsec_[\w+/=]{8,}/g, REDACTED],
  [/\bre_\w{16,}/g, REDACTED],
  [/([?&#](?:token|key|secret|signature|code|password)=)[^\s&#"'<>]+/gi, `$1${REDACTED}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, `$1${REDACTED}@`],
]

/** Digits in groups as a card bears them; whether it is one, the check digit tells. */
const cardLike = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])/g

/** A value so deep or so wide is not looked at to its end: what is kept of it is short anyway. */
const MOST_DEPTH = 40
const MOST_NODES = 20_000

/**
 * The value without secrets, tokens and card data, as JSON that PostgreSQL takes (it has no NUL and no half characters).
 * Anything may be handed in; what JSON can't hold becomes what `JSON.stringify` would make of it, or its own words.
 */
export function redact(value: unknown): Json {
  let nodes = 0
  const walk = (here: unknown, depth: number): Json => {
    if (typeof here === 'string') return redactText(here)
    if (typeof here === 'number') return Number.isFinite(here) ? redactNumber(here) : null
    if (typeof here === 'boolean' || here === null || here === undefined) return here ?? null
    if (typeof here !== 'object') return typeof here === 'bigint' ? String(here) : null
    if (depth > MOST_DEPTH || ++nodes > MOST_NODES) return '[left out]'
    if (here instanceof Error) return walk(errorParts(here), depth)
    if (Array.isArray(here)) return here.map((item) => walk(item, depth + 1))
    if ('toJSON' in here && typeof here.toJSON === 'function') return walk(here.toJSON(), depth + 1)
    const shown: { [name: string]: Json } = {}
    for (const [name, inner] of Object.entries(here)) {
      if (inner === undefined || typeof inner === 'function') continue
      shown[storable(name)] = isSecret(name, inner) ? REDACTED : walk(inner, depth + 1)
    }
    return shown
  }
  return walk(value, 0)
}

/** The text with every secret in it replaced. */
export function redactText(text: string): string {
  let shown = storable(text)
  // Most texts are short and hold nothing of the kind; the cheapest look comes first.
  if (shown.length < 8) return shown
  for (const [pattern, replacement] of secretTexts) shown = shown.replace(pattern, replacement)
  return shown.replace(cardLike, (digits) => (isCardNumber(digits) ? REDACTED : digits))
}

/** Whether a field of this name holds a secret. A flag or an empty value tells nothing, and an object tells by its own fields. */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || value === '' || typeof value === 'boolean' || typeof value === 'object') return false
  const plain = name.toLowerCase().replace(/[_-]/g, '')
  return secretNames.test(plain) || secretEnds.test(plain)
}

function redactNumber(value: number): Json {
  return value >= 1e12 && Number.isInteger(value) && isCardNumber(String(value)) ? REDACTED : value
}

/** 13 to 19 digits of a card scheme's first digits, whose last one is right by Luhn's rule. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (!/^(4|5[1-5]|2[2-7]|3[47]|3[068]|6)\d{11,18}$/.test(digits)) return false
  let sum = 0
  for (const [i, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (i % 2 === 0 ? 1 : 2)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

function errorParts(error: Error): object {
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return { name, message, stack, ...(code === undefined ? {} : { code }), ...(cause === undefined ? {} : { cause }) }
}
