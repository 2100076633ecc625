import canonicalize from 'canonicalize'

/** Deeper than any honest payload, and far below what overflows a parser's or a serialiser's stack. */
const MAX_JSON_DEPTH = 500

/** The body is not JSON that the engine takes; `message` says why in words for the sender. */
export class JsonError extends Error {
  override name = 'JsonError'
}

/**
 * Parses text that came from outside.
 * @throws JsonError for text that isn't JSON or is nested too deep.
 */
export function parseJson(text: string): unknown {
  // What is opened has to be closed: a short text is never so deep, and needn't be walked through.
  if (text.length > 2 * MAX_JSON_DEPTH && depthOf(text) > MAX_JSON_DEPTH)
    throw new JsonError(`the JSON is nested deeper than ${MAX_JSON_DEPTH} levels`)
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonError('the body is not valid JSON')
  }
}

/**
 * RFC 8785 form. The engine stores values in it, so that a call's body can be put together from stored pieces and
 * its signature, which both sides take over this form, fits. Where all keys stand in order as they are (in most of what
 * the engine itself makes), it is just what the runtime writes, in a third of the time and without
 * the hundreds of texts in between.
 */
export function canonicalJson(value: unknown): string {
  if (isInOrder(value)) return JSON.stringify(value ?? null)
  return canonicalize(value ?? null) ?? 'null'
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isInOrder)
  let last = ''
  for (const key of Object.keys(value)) {
    if (key < last || !isInOrder((value as Record<string, unknown>)[key])) return false
    last = key
  }
  return true
}

/** The canonical form of an object whose values are canonical JSON texts already. */
export function objectOfTexts(entries: (readonly [string, string])[]): string {
  const isSorted = entries.every(([key], i) => i === 0 || (entries[i - 1]?.[0] ?? '') < key)
  const sorted = isSorted ? entries : [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${sorted.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`
}

/** Whether any text within a value holds a NUL, which no column of PostgreSQL can hold. */
export function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, item]) => holdsNul(key) || holdsNul(item))
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 92) i++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth)
    else if (code === 125 || code === 93) depth--
  }
  return deepest
}
