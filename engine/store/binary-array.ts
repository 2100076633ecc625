/** How a column travels: `at` is an instant, milliseconds here and timestamptz there; `json` a value kept as text. */
export type ColumnKind = 'text' | 'bool' | 'int' | 'float' | 'at' | 'json'

/** PostgreSQL's own numbers for the types of the elements. */
const elementType: Record<ColumnKind, number> = { text: 25, json: 25, bool: 16, int: 23, float: 701, at: 1_184 }

const HEAD_BYTES = 20
/** Before each element. */
const LENGTH_BYTES = 4
const NULL_LENGTH = -1
/** 2000-01-01, from which PostgreSQL counts its microseconds. */
const EPOCH_MS = 946_684_800_000
const TWO_TO_32 = 2 ** 32

const SCRATCH_BYTES = 64 * 1_024
/** A larger one is given back. */
const MOST_SCRATCH_BYTES = 1_024 * 1_024

/** Texts up to here are written byte by byte: a call into the runtime for each id costs more than its 26 bytes. */
const SHORT = 64

let scratch = Buffer.allocUnsafe(SCRATCH_BYTES)
let end = 0

/**
 * Values as PostgreSQL takes an array in its binary form: nothing is quoted, and no date is spelled out. As text they
 * were a fifth of all that the engine allocates.
 * @param values as the engine keeps them; null and undefined are NULL, an instant is cut to whole milliseconds.
 */
export function binaryArray(values: unknown[], kind: ColumnKind): Buffer {
  end = HEAD_BYTES
  let hasNull = 0
  for (const value of values) {
    if (value === null || value === undefined) {
      hasNull = 1
      putInt(NULL_LENGTH)
    } else put(value, kind)
  }
  const array = Buffer.from(scratch.subarray(0, end))
  const head = [1, hasNull, elementType[kind], values.length, 1]
  for (const [i, part] of head.entries()) array.writeInt32BE(part, i * 4)
  if (scratch.length > MOST_SCRATCH_BYTES) scratch = Buffer.allocUnsafe(SCRATCH_BYTES)
  return array
}

/** One instant as PostgreSQL takes it in its binary form, whichever year it lies in. */
export function binaryInstant(ms: number): Buffer {
  end = 0
  putInstant(ms)
  return Buffer.from(scratch.subarray(LENGTH_BYTES, end))
}

function put(value: unknown, kind: ColumnKind): void {
  if (kind === 'text') return putText(String(value))
  if (kind === 'json') return putText(JSON.stringify(value))
  if (kind === 'at') return putInstant(Number(value))
  if (kind === 'int') {
    putInt(4)
    return putInt(Number(value))
  }
  room(12)
  const isFloat = kind === 'float'
  end = scratch.writeInt32BE(isFloat ? 8 : 1, end)
  end = isFloat ? scratch.writeDoubleBE(Number(value), end) : scratch.writeUInt8(value ? 1 : 0, end)
}

function putText(text: string): void {
  if (text.length <= SHORT && putAscii(text)) return
  const bytes = Buffer.byteLength(text)
  room(4 + bytes)
  end = scratch.writeInt32BE(bytes, end)
  end += scratch.write(text, end)
}

/** False, and nothing is written, where a character takes more than one byte. */
function putAscii(text: string): boolean {
  room(4 + SHORT)
  const from = end + 4
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return false
    scratch[from + i] = code
  }
  scratch.writeInt32BE(text.length, end)
  end = from + text.length
  return true
}

function putInstant(ms: number): void {
  const micros = (Math.trunc(ms) - EPOCH_MS) * 1_000
  room(12)
  end = scratch.writeInt32BE(8, end)
  if (!Number.isSafeInteger(micros)) {
    // Beyond the year 2285, or no instant at all, which BigInt refuses.
    end = scratch.writeBigInt64BE(BigInt(Math.trunc(ms) - EPOCH_MS) * 1_000n, end)
    return
  }
  const high = Math.floor(micros / TWO_TO_32)
  end = scratch.writeInt32BE(high, end)
  end = scratch.writeUInt32BE(micros - high * TWO_TO_32, end)
}

function putInt(value: number): void {
  room(4)
  end = scratch.writeInt32BE(value, end)
}

function room(bytes: number): void {
  if (end + bytes <= scratch.length) return
  const larger = Buffer.allocUnsafe((end + bytes) * 2)
  scratch.copy(larger, 0, 0, end)
  scratch = larger
}
