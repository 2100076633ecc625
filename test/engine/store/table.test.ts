import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Statement, Table } from '@/engine/store/table'
import { createDatabase } from '../../support/database'

type Row = {
  scope: string
  id: string
  text: string | null
  json: unknown
  flag: boolean | null
  count: number | null
  score: number | null
  at: number | null
}

const table = new Table<Row>('sample', ['scope', 'id'], {
  ...{ scope: 'text', id: 'text', text: 'text', json: 'json', flag: 'bool', count: 'int', score: 'float', at: 'at' },
})

const text = fc.string({ unit: 'grapheme' }).map((some) => some.replaceAll('\u0000', ''))
const values = fc.record<Omit<Row, 'scope' | 'id'>>({
  text: fc.option(text),
  json: fc.option(fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')))),
  flag: fc.option(fc.boolean()),
  count: fc.option(fc.integer()),
  // The sign of a zero is lost where it is spelled out, and means nothing to a score.
  score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((score) => score + 0)),
  at: fc.option(fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(12_000, 0) })),
})

describe('a table', () => {
  let db: pg.Client
  let drop: () => Promise<void>

  const write = (statement: Statement) => db.query(statement)
  const stored = async () => (await db.query('SELECT * FROM engine.sample ORDER BY scope, id')).rows

  beforeAll(async () => {
    const database = await createDatabase()
    drop = database.drop
    db = new pg.Client(database.url)
    await db.connect()
    await db.query(`CREATE TABLE engine.sample (scope text, id text, text text, json text, flag bool, count int,
      score float8, at timestamptz, PRIMARY KEY (scope, id))`)
  })

  afterAll(async () => {
    await db.end()
    await drop()
  })

  it('holds the same of a row that was written alone as of one among others, new or changed', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (first, second) => {
        await db.query('TRUNCATE engine.sample')
        for (const each of [first, second]) {
          await write(table.upsert([{ scope: 'a', id: 'alone', ...each }]))
          await write(
            table.upsert([
              { scope: 'b', id: 'one of two', ...each },
              { scope: 'b', id: 'other', ...first },
            ]),
          )
          const [alone, amongOthers] = await stored()
          expect({ ...alone, scope: '', id: '' }).toEqual({ ...amongOthers, scope: '', id: '' })
        }
      }),
      { numRuns: 150 },
    )
  })

  it('loses the row that is removed, alone or among others, and no other', async () => {
    await db.query('TRUNCATE engine.sample')
    const row = { text: null, json: null, flag: null, count: null, score: null, at: null }
    const rows = ['1', '2', '3', '4', '5'].map((id) => ({ scope: 'a', id, ...row }))
    await write(table.upsert(rows))
    await write(table.remove(rows.slice(0, 1)))
    await write(table.remove(rows.slice(2, 4)))
    expect((await stored()).map(({ id }) => id)).toEqual(['2', '5'])
  })

  it('refuses what is no instant', () => {
    const row = { scope: 'a', id: '1', text: null, json: null, flag: null, count: null, score: null }
    expect(() => table.upsert([{ ...row, at: Number.NaN }])).toThrow(RangeError)
  })
})
