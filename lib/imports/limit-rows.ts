import { delimiters } from './detect-delimiter'

/** Of one file, beside its header. */
export const MOST_ROWS = 1_000_000
export const TOO_MANY_ROWS = 'A file can have 1,000,000 rows at most. Bring it in parts.'

/** A file of more rows than are taken. */
export class TooManyRowsError extends Error {
  override name = 'TooManyRowsError'
}

const [QUOTE, LINE_FEED, CARRIAGE_RETURN] = [0x22, 0x0a, 0x0d]
const SPACE = 0x20
/** By byte, as a table: each of 200,000,000 is looked up. */
const partsFields = new Uint8Array(256)
for (const byte of Buffer.from(delimiters.join(''))) partsFields[byte] = 1

/**
 * Hands the pieces of a CSV file on as they come, counting its rows: so that one of too many is refused before any of them
 * is written. In doubt it counts less than there are; who reads the rows counts them exactly.
 * @param most beside the header.
 * @throws TooManyRowsError
 */
export async function* limitRows(content: AsyncIterable<Uint8Array>, most = MOST_ROWS): AsyncGenerator<Uint8Array> {
  const counter = new RowCounter()
  for await (const piece of content) {
    if (counter.count(piece) > most + 1) throw new TooManyRowsError(`more than ${most} rows`)
    yield piece
  }
}

/** Follows quotation marks as the parser does: one opens a field where it begins it, and ends it where it isn't doubled. */
class RowCounter {
  private rows = 0
  private isQuoted = false
  private isAtStart = true
  private isFilled = false

  /** @returns how many rows have ended so far; the header is one. */
  count(piece: Uint8Array): number {
    for (let i = 0; i < piece.length; i++) {
      // What is between quotation marks is skipped at once.
      const at = this.isQuoted ? piece.indexOf(QUOTE, i) : i
      if (at !== i) this.isFilled = true
      if (at < 0) break
      this.take(piece[at] as number)
      i = at
    }
    return this.rows
  }

  private take(byte: number): void {
    if (byte === QUOTE) {
      // Of two in a field the first ends it and the second opens it again.
      this.isQuoted = !this.isQuoted && this.isAtStart
      this.isAtStart = !this.isQuoted
      return
    }
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      if (this.isFilled) this.rows++
      this.isFilled = false
      this.isAtStart = true
      return
    }
    this.isAtStart = partsFields[byte] === 1
    // A line of nothing but blanks is no row.
    if (!this.isAtStart && byte !== SPACE) this.isFilled = true
  }
}
