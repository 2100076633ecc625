import { isCardNumber, redactCards } from './card-numbers'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Stands where something was that nobody should read. */
export const REDACTED = '[redacted]'

/** Names, in lower case without `_` and `-`, whose values are never shown; `…token` and the like fit by their ends. */
const secretNames =
  /^(authorization|cookies?|setcookie|pin|otp|ssn|cvc|cvv|cvv2|pan|pwd|jwt|cardnumber|iban|credentials?)$/
const secretEnds =
  /(passwords?|passwd|passphrase|passcode|secrets?|token|apikeys?|privatekey|signingkey|eventkey|accesskey|encryptionkey|sessionid)$/

/** Words of which a field's name in a text consists in part, where its value is a secret. */
const secretWord =
  '(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signature)'

/** Texts that are secrets wherever they stand, each with what replaces it. None goes back further than it has read. */
const secretTexts: [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, REDACTED],
  [/\b(Bearer|Basic) {1,9}[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED],
  [/\bsignkey-\w{1,40}-[0-9a-f]{8,}/gi, REDACTED],
  [/\b(sk|rk|pk)_(live|test)_\w{8,}/g, REDACTED],
  [/\bwhsec_[\w+/=]{8,}/g, REDACTED],
  [/\bre_(?=\w*[A-Z\d])\w{16,}/g, REDACTED],
  [new RegExp(`([?&#;][\\w.-]{0,40}${secretWord}=)[^\\s&#"'<>]+`, 'gi'), `$1${REDACTED}`],
  [/([?&#](?:key|code|sig|auth)=)[^\s&#"'<>]+/gi, `$1${REDACTED}`],
  [new RegExp(`((?<![\\w-])[\\w-]{0,40}${secretWord}=)[^\\s&#"'<>;,]+`, 'gi'), `$1${REDACTED}`],
  [new RegExp(`((?<![\\w-])[\\w-]{0,40}${secretWord}\\\\?["'] ?: ?\\\\?["'])[^"'\\\\]+`, 'gi'), `$1${REDACTED}`],
  [/((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}:)[^\s/?#]+@/gi, `$1${REDACTED}@`],
]

/** Every text that one of the patterns or a card number fits has one of these; one look for it is much quicker than all. */
const mayHoldSecret = /[=:]|eyJ|----BEGIN|signkey-|whsec_|re_|[srp]k_|bearer|basic|\d(?:[ -]?\d){12}/i

/** A value so deep or so wide is not looked at to its end. */
const MOST_DEPTH = 40
const MOST_NODES = 1_000_000
const LEFT_OUT = '[left out]'
const UNREADABLE = '[unreadable]'

/**
 * The value without secrets, tokens and card data, as JSON that PostgreSQL takes (it has no NUL and no half characters).
 * Anything may be handed in, and nothing makes it throw; what JSON can't hold becomes what `JSON.stringify` would make
 * of it, or its own words.
 * @param mostNodes how many parts are looked at; what is beyond is left out.
 */
export function redact(value: unknown, mostNodes = MOST_NODES): Json {
  return new Walk(mostNodes).shown(value, 0)
}

class Walk {
  private nodes = 0

  constructor(private readonly mostNodes: number) {}

  shown(value: unknown, depth: number): Json {
    if (++this.nodes > this.mostNodes || depth > MOST_DEPTH) return LEFT_OUT
    if (typeof value === 'string') return redactText(value)
    if (typeof value === 'number') return redactNumber(value)
    if (typeof value === 'boolean') return value
    if (typeof value === 'bigint') return redactText(String(value))
    if (typeof value !== 'object' || value === null) return null
    try {
      return this.shownObject(value, depth)
    } catch {
      return UNREADABLE
    }
  }

  private shownObject(value: object, depth: number): Json {
    if (value instanceof Error) return this.shown(errorParts(value), depth)
    if (Array.isArray(value)) return this.shownItems(value, depth)
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.shown(value.toJSON(), depth + 1)
    const shown: { [name: string]: Json } = {}
    for (const name of Object.keys(value)) {
      if (this.nodes > this.mostNodes) break
      const inner = readField(value, name)
      if (inner === undefined || typeof inner === 'function') continue
      setField(shown, storable(name), isSecret(name, inner) ? REDACTED : this.shown(inner, depth + 1))
    }
    return shown
  }

  private shownItems(items: readonly unknown[], depth: number): Json[] {
    const shown: Json[] = []
    for (const item of items) {
      if (this.nodes > this.mostNodes) break
      shown.push(this.shown(item, depth + 1))
    }
    return shown
  }
}

/** One field that can't be read must not hide the others. */
function readField(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name]
  } catch {
    return UNREADABLE
  }
}

/** Plain assignment to `__proto__` would set no field. */
function setField(shown: { [name: string]: Json }, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(shown, name, { value, enumerable: true })
  else shown[name] = value
}

/** The text with every secret in it replaced. */
export function redactText(text: string): string {
  let shown = storable(text)
  // Most texts are short and hold nothing of the kind; the cheapest look comes first.
  if (shown.length < 8 || !mayHoldSecret.test(shown)) return shown
  for (const [pattern, replacement] of secretTexts) shown = shown.replace(pattern, replacement)
  return redactCards(shown, REDACTED)
}

/** No longer than so many characters, and never ending in half of one. */
export function cutText(text: string, length: number): string {
  return text.length > length ? text.slice(0, length).toWellFormed() : text
}

/**
 * Whether a field of this name holds a secret. A flag or an empty value tells nothing, and an object tells by its own
 * fields; a list under such a name is one of secrets.
 */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || value === '' || typeof value === 'boolean') return false
  if (typeof value === 'object' && !Array.isArray(value)) return false
  const plain = name.toLowerCase().replace(/[_\s.-]/g, '')
  return secretNames.test(plain) || secretEnds.test(plain) || (plain.endsWith('tokens') && typeof value !== 'number')
}

function redactNumber(value: number): Json {
  if (!Number.isFinite(value)) return null
  return value >= 1e12 && Number.isInteger(value) && isCardNumber(String(value)) ? REDACTED : value
}

function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

function errorParts(error: Error): object {
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return { name, message, stack, ...(code === undefined ? {} : { code }), ...(cause === undefined ? {} : { cause }) }
}
