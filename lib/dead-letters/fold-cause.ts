const MOST_LENGTH = 300
/** What comes after so much of a message is not looked at: it is rarely the cause, and may be very long. */
const MOST_READ = 4 * MOST_LENGTH

/** The parts of a message that differ from failure to failure, each with what stands for it. The order matters. */
const folds: [pattern: RegExp, replacement: string][] = [
  [/"[^"]*"|“[^”]*”|«[^»]*»|‘[^’]*’|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '“…”'],
  [/\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s)]+/gi, '<url>'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  // A provider's, such as pi_3Mtw…: words that are joined by `_`, such as card_declined, have no digit and one case.
  [/\b[a-z]+_(?=[A-Za-z]*(?:\d|[a-z][A-Z]))[A-Za-z0-9]{8,}\b/g, '<id>'],
  // Hexadecimal, a ULID, or another long one: letters and digits, both of them.
  [/\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{8,}\b/gi, '<id>'],
  [/\b(?=\d*[A-Za-z])(?=[A-Za-z]*\d)[A-Za-z0-9]{16,}\b/g, '<id>'],
]

/** A status tells causes apart, as other numbers don't. */
const numbers = /(\b(?:status(?:[ _-]?code)?|HTTP(?:\/\d(?:\.\d)?)?)[ :=]{1,3}[1-5]\d\d\b)|\d+(?:[.,:]\d+)*/gi

/** Where a message was cut within a quoted part, which then has no end. */
const openQuote = /["“«`][^"“”«»`]*$/

/**
 * The cause behind an error's message: its numbers, ids and quoted parts folded, so that the failures of a thousand
 * orders by one fault are one group.
 */
export function foldCause(message: string): string {
  let cause = message.slice(0, MOST_READ)
  for (const [pattern, replacement] of folds) cause = cause.replace(pattern, replacement)
  if (message.length > MOST_READ) cause = cause.replace(openQuote, '“…”')
  cause = cause.replace(numbers, (_, status) => status ?? '#')
  return cause.replace(/\s+/g, ' ').trim().slice(0, MOST_LENGTH).toWellFormed()
}
