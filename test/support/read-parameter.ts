const HEAD_BYTES = 20
const EPOCH_MS = Date.UTC(2000, 0, 1)

const INSTANT = 1184

/** Elements by PostgreSQL's numbers for their types. An instant is read as its ISO text. */
const elements: Record<number, (bytes: Buffer) => unknown> = {
  16: (bytes) => bytes.readUInt8() === 1,
  23: (bytes) => bytes.readInt32BE(),
  25: (bytes) => bytes.toString(),
  701: (bytes) => bytes.readDoubleBE(),
  [INSTANT]: (bytes) => new Date(Number(bytes.readBigInt64BE() / 1_000n) + EPOCH_MS).toISOString(),
}

/** A lone value, as text or as one instant in binary form. */
export function readPlain(type: string, value: Buffer | string): unknown {
  if (typeof value !== 'string') return elements[INSTANT]?.(value)
  if (type === 'bool') return value === 'true'
  return type === 'text' ? value : Number(value)
}

/** A one-dimensional array in PostgreSQL's binary form as values. */
export function readBinaryArray(array: Buffer): unknown[] {
  const read = elements[array.readInt32BE(8)]
  if (!read) throw new Error(`no element type ${array.readInt32BE(8)} is known here`)
  const values: unknown[] = []
  for (let at = HEAD_BYTES; at < array.length; ) {
    const length = array.readInt32BE(at)
    at += 4
    values.push(length < 0 ? null : read(array.subarray(at, at + length)))
    at += Math.max(length, 0)
  }
  return values
}
