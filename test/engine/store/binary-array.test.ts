import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binaryArray, type ColumnKind } from '@/engine/store/binary-array'
import { connectReaders } from '@/engine/store/connect'
import { createDatabase } from '../../support/database'

let db: pg.Pool
let drop: () => Promise<void>

const typeOf: Record<ColumnKind, string> = {
  ...{ text: 'text', json: 'text', bool: 'bool', int: 'int', float: 'float8', at: 'timestamptz' },
}

/** What PostgreSQL makes of the values, and gives back. */
async function through(values: unknown[], kind: ColumnKind): Promise<unknown[]> {
  const { rows } = await db.query(
    `SELECT value FROM unnest($1::${typeOf[kind]}[]) WITH ORDINALITY AS sent (value, n)`,
    [binaryArray(values, kind)],
  )
  return rows.map(({ value }) => value)
}

describe('an array in its binary form', () => {
  beforeAll(async () => {
    const database = await createDatabase()
    drop = database.drop
    db = connectReaders(database.url, 1)
  })

  afterAll(async () => {
    await db.end()
    await drop()
  })

  it('keeps texts as they are, of any length and script', async () => {
    const texts = [
      '',
      'plain',
      '{"a":"\\"\\\\"}',
      "it's, {so} NULL",
      'é',
      '🚲 and more',
      'x'.repeat(64),
      'x'.repeat(200_000),
    ]
    expect(await through(texts, 'text')).toEqual(texts)
    expect(await through(['é'.repeat(60), 'x'.repeat(2_000_000), 'after'], 'text')).toEqual([
      ...['é'.repeat(60), 'x'.repeat(2_000_000), 'after'],
    ])
  })

  it('keeps null apart from any value', async () => {
    expect(await through([null, 'null', undefined, ''], 'text')).toEqual([null, 'null', null, ''])
    expect(await through([null, 0], 'int')).toEqual([null, 0])
  })

  it('keeps a JSON value as its text', async () => {
    expect(await through([{ b: [1, 'é'] }, [], 'a', null], 'json')).toEqual(['{"b":[1,"é"]}', '[]', '"a"', null])
  })

  it('keeps numbers and booleans', async () => {
    expect(await through([0, -1, 2_147_483_647, -2_147_483_648], 'int')).toEqual([0, -1, 2_147_483_647, -2_147_483_648])
    expect(await through([0.1, -1.5e300, 1_795_491_900_123.5], 'float')).toEqual([0.1, -1.5e300, 1_795_491_900_123.5])
    expect(await through([true, false], 'bool')).toEqual([true, false])
  })

  it('keeps instants to the millisecond, far back and far ahead', async () => {
    const instants = [
      0,
      1,
      -1,
      946_684_800_000,
      946_684_799_999,
      1_795_491_900_123,
      Date.UTC(1890, 5),
      Date.UTC(2400, 1, 29),
    ]
    expect(await through(instants, 'at')).toEqual(instants)
    expect(await through([1_795_491_900_123.9], 'at')).toEqual([1_795_491_900_123])
  })

  it('refuses what is no instant, and no int', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => binaryArray([value], 'at')).toThrow(RangeError)
    expect(() => binaryArray([2 ** 31], 'int')).toThrow(RangeError)
  })

  it('leaves a NUL for the database to refuse', async () => {
    await expect(through(['a\u0000b'], 'text')).rejects.toThrow('invalid byte sequence')
    await expect(through([`${'é'.repeat(100)}\u0000`], 'text')).rejects.toThrow('invalid byte sequence')
  })
})
