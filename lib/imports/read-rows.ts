import { Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { storage } from '../storage'
import { type Delimiter, detectDelimiter } from './detect-delimiter'
import { type HeaderMap, mapHeader } from './map-header'

export type Head = { delimiter: Delimiter; fields: HeaderMap }
export type FileRow = { record: string[]; rowNumber: number }
/** Some rows of a file, and where the next ones begin. */
export type FilePart = { rows: FileRow[]; position: number; lastRow: number; isLast: boolean }

/** A file that can't be read any further, in words for its owner. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError'
}

const HEAD_BYTES = 64 * 1024
/** In characters. What is longer is no row, but a quotation mark that is never closed. */
const MOST_ROW = 256 * 1024
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const [LINE_FEED, CARRIAGE_RETURN] = [10, 13]

/**
 * Reads the first row of a stored file: which columns there are.
 * @throws UnreadableFileError for an empty file, or a first row that doesn't tell.
 */
export async function readHead(key: string): Promise<Head> {
  const text = new TextDecoder().decode(await firstBytes(key))
  if (text.trim() === '') throw new UnreadableFileError('The file is empty.')
  const delimiter = detectDelimiter(text)
  for await (const { record } of recordsOf(key, { position: 0, delimiter })) {
    const mapped = mapHeader(record)
    if (!mapped.ok) throw new UnreadableFileError(mapped.problem)
    return { delimiter, fields: mapped.fields }
  }
  throw new UnreadableFileError('The file is empty.')
}

/**
 * Reads the next rows of a stored file, from the byte where the last part has ended; the header is no row.
 * @throws UnreadableFileError where a row has no end.
 */
export async function readPart(
  key: string,
  { position, lastRow, delimiter, most }: { position: number; lastRow: number; delimiter: Delimiter; most: number },
): Promise<FilePart> {
  const part: FilePart = { rows: [], position, lastRow, isLast: true }
  let isHeader = position === 0
  for await (const { record, end } of recordsOf(key, { position, delimiter })) {
    if (part.rows.length === most) return { ...part, isLast: false }
    part.position = end
    if (isHeader) isHeader = false
    else part.rows.push({ record, rowNumber: ++part.lastRow })
  }
  return part
}

async function* recordsOf(key: string, { position, delimiter }: { position: number; delimiter: Delimiter }) {
  const { start, bytes } = await openAt(key, position)
  const parser = parse({
    ...{ delimiter, info: true, relax_column_count: true, relax_quotes: true, max_record_size: MOST_ROW },
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  // An error of the file, or of whoever stops listening, ends both.
  bytes.once('error', (error) => parser.destroy(error))
  bytes.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>)
      yield { record, end: start + info.bytes }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnreadableFileError('A quotation mark (") is opened and never closed, so that the row has no end.', {
      cause: error,
    })
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}

/** The bytes from a position on. A part may have ended between the two that end a line, and the file may begin with a mark. */
async function openAt(key: string, position: number): Promise<{ start: number; bytes: Readable }> {
  const before = Math.max(0, position - 1)
  const [first, second, third] = await firstBytes(key, { start: before, most: 3 })
  if (position === 0) {
    const start = BOM.equals(Buffer.from([first ?? 0, second ?? 0, third ?? 0])) ? BOM.length : 0
    return { start, bytes: storage().read(key, { start }) }
  }
  const start = first === CARRIAGE_RETURN && second === LINE_FEED ? position + 1 : position
  return { start, bytes: second === undefined ? Readable.from([]) : storage().read(key, { start }) }
}

async function firstBytes(key: string, { start = 0, most = HEAD_BYTES } = {}): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of storage().read(key, { start }) as AsyncIterable<Buffer>) {
    pieces.push(piece)
    size += piece.length
    if (size >= most) break
  }
  return Buffer.concat(pieces).subarray(0, most)
}
