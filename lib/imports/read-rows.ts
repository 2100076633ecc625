import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
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
  const bytes = await firstBytes(key)
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') throw new UnreadableFileError('The file is empty.')
  const delimiter = detectDelimiter(text)
  // Of so much only: the parser's stream would take all that it is given apart, with each part again.
  const [first] = readable(() => parseAtOnce(bytes, { ...dialectOf(delimiter), bom: true, to: 1 }) as string[][])
  const mapped = mapHeader(first ?? [])
  if (!mapped.ok) throw new UnreadableFileError(mapped.problem)
  return { delimiter, fields: mapped.fields }
}

/**
 * Reads the next rows of a stored file, from the byte where the last part has ended; the header is no row.
 * @param bytes how long the file is.
 * @throws UnreadableFileError where a row has no end.
 */
export async function readPart(
  key: string,
  {
    position,
    lastRow,
    bytes,
    ...how
  }: { position: number; lastRow: number; bytes: number; delimiter: Delimiter; most: number },
): Promise<FilePart> {
  const headers = position === 0 ? 1 : 0
  const { records, end } = await readRecords(key, { position, delimiter: how.delimiter, most: how.most + headers })
  const rows = records.slice(headers).map((record, i) => ({ record, rowNumber: lastRow + 1 + i }))
  const isLast = rows.length < how.most || end >= bytes
  return { rows, position: end, lastRow: lastRow + rows.length, isLast }
}

async function readRecords(
  key: string,
  { position, delimiter, most }: { position: number; delimiter: Delimiter; most: number },
): Promise<{ records: string[][]; end: number }> {
  const { start, bytes } = await openAt(key, position)
  // It stops by itself: then its count of bytes is where the last record ends. To be told so of each costs as much again.
  const parser = parse({ ...dialectOf(delimiter), to: most })
  // An error of the file, or of whoever stops listening, ends both.
  bytes.once('error', (error) => parser.destroy(error))
  bytes.pipe(parser)
  const records: string[][] = []
  try {
    for await (const record of parser as AsyncIterable<string[]>) records.push(record)
  } catch (error) {
    throw inWords(error)
  } finally {
    bytes.destroy()
    parser.destroy()
  }
  return { records, end: start + parser.info.bytes }
}

const dialectOf = (delimiter: Delimiter) => ({
  ...{ delimiter, relax_column_count: true, relax_quotes: true, max_record_size: MOST_ROW },
  record_delimiter: ['\r\n', '\n', '\r'],
})

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw inWords(error)
  }
}

function inWords(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const problem = 'A quotation mark (") is opened and never closed, so that the row has no end.'
  return new UnreadableFileError(problem, { cause: error })
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
