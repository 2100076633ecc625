const MOST_LENGTH = 300

/** The parts of a message that differ from failure to failure, each with what stands for it. The order matters. */
const folds: [pattern: RegExp, replacement: string][] = [
  [/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '“…”'],
  [/\bhttps?:\/\/[^\s)]+/g, '<url>'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g, '<id>'],
  [/\b(?=[a-z]*\d)[0-9a-f]{8,}\b/gi, '<id>'],
  [/\b[a-z]+_[A-Za-z0-9]{8,}\b/g, '<id>'],
  [/\d+([.,:]\d+)*/g, '#'],
]

/**
 * The cause behind an error's message: its numbers, ids and quoted parts folded, so that the failures of a thousand
 * orders by one fault are one group.
 */
export function foldCause(message: string): string {
  let cause = message.slice(0, 4 * MOST_LENGTH)
  for (const [pattern, replacement] of folds) cause = cause.replace(pattern, replacement)
  return cause.replace(/\s+/g, ' ').trim().slice(0, MOST_LENGTH)
}
