import { Environment } from '@marcbachmann/cel-js'

const TIMESTAMP = 'google.protobuf.Timestamp'

/**
 * What an expression may speak of: CEL with Inngest's own names and functions. What needs the time (`now` and its kin)
 * is not there, and so refused like any other word that nobody knows.
 */
export function vocabulary(): Environment {
  return new Environment({ homogeneousAggregateLiterals: false })
    .registerVariable('event', 'dyn')
    .registerVariable('async', 'dyn')
    .registerVariable('vars', 'dyn')
    .registerFunction('lowercase(string): string', (text: string) => text.toLowerCase())
    .registerFunction('uppercase(string): string', (text: string) => text.toUpperCase())
    .registerFunction('b64decode(string): string', (text: string) => Buffer.from(text, 'base64').toString())
    .registerFunction('json_parse(string): dyn', (text: string) => celValue(JSON.parse(text)))
    .registerFunction(`date(string): ${TIMESTAMP}`, (text: string) => dateOf(text))
    .registerFunction(`date(int): ${TIMESTAMP}`, (ms: bigint) => dateOf(Number(ms)))
    .registerOperator('int + double', (a: bigint, b: number) => Number(a) + b)
    .registerOperator('double + int', (a: number, b: bigint) => a + Number(b))
}

function dateOf(value: string | number): Date {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new Error(`${value} is no date`)
  return date
}

/** A JSON value as expressions work on it: whole numbers become ints, so that `%`, `in` and equality with literals work. */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(celValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, celValue(item)]))
}

/** The way back, from whatever an expression gives to a JSON value. What JSON doesn't know (a span of time, a type) is its text. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  if (!(value instanceof Map) && Object.getPrototypeOf(value) !== Object.prototype) return String(value)
  return Object.fromEntries(entries.map(([key, item]) => [String(key), plainValue(item)]))
}
