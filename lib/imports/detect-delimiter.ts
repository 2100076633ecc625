/** What may part the fields of a file. */
export const delimiters = [',', ';', '\t', '|'] as const

export type Delimiter = (typeof delimiters)[number]

/**
 * What parts the fields of a CSV file: the one that is most often in its header, outside of quotation marks. Pure.
 * @param head the beginning of the file; a comma where the header has none of them, as that of one column.
 */
export function detectDelimiter(head: string): Delimiter {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const letter of head) {
    if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && (letter === '\n' || letter === '\r')) break
    else if (!isQuoted) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const countOf = (delimiter: string) => counts.get(delimiter) ?? 0
  return delimiters.reduce((best, each) => (countOf(each) > countOf(best) ? each : best))
}
