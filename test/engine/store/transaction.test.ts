import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWriter } from '@/engine/store/connect'
import { commitAll } from '@/engine/store/transaction'
import { createDatabase } from '../../support/database'

const put = (id: string) => ({ name: 'put', text: 'INSERT INTO sample (id) VALUES ($1)', values: [id] })
const rename = (id: string, to: string) => ({
  name: 'rename',
  text: 'UPDATE sample SET id = $2 WHERE id = $1',
  values: [id, to],
})
const fail = (divisor: string) => ({ name: 'fail', text: 'SELECT 1 / $1::int', values: [divisor] })
const link = (id: string, to: string) => ({
  name: 'link',
  text: 'INSERT INTO link (id, sample_id) VALUES ($1, $2)',
  values: [id, to],
})

describe('statements that are written as one transaction', () => {
  let url: string
  let drop: () => Promise<void>
  let writer: pg.Client

  const ids = async () =>
    (await writer.query<{ id: string }>('SELECT id FROM sample ORDER BY id')).rows.map((r) => r.id)

  beforeAll(async () => {
    ;({ url, drop } = await createDatabase())
    writer = await connectWriter(url)
    await writer.query(`CREATE TABLE sample (id text PRIMARY KEY);
      CREATE TABLE link (id text, sample_id text REFERENCES sample DEFERRABLE INITIALLY DEFERRED)`)
  })

  beforeEach(() => writer.query('TRUNCATE sample, link'))

  afterAll(async () => {
    await writer.end()
    await drop()
  })

  it('are all there when it is committed, and each sees what those before it did', async () => {
    await commitAll(writer, [put('a'), put('b'), rename('a', 'c'), link('l', 'c')])
    expect(await ids()).toEqual(['b', 'c'])
  })

  it('leave nothing where one is refused, and can be tried again by the same connection', async () => {
    const second = await connectWriter(url)
    await expect(commitAll(second, [put('a'), fail('0'), rename('a', 'c')])).rejects.toMatchObject({ code: '22012' })
    expect(await ids()).toEqual([])
    await expect(commitAll(second, [put('a'), put('a')])).rejects.toMatchObject({ code: '23505' })
    await commitAll(second, [put('a'), fail('1'), rename('a', 'c')])
    await commitAll(second, [put('a')])
    expect(await ids()).toEqual(['a', 'c'])
    await second.end()
  })

  it('leave nothing where the commit itself is refused', async () => {
    await expect(commitAll(writer, [put('a'), link('l', 'nowhere')])).rejects.toMatchObject({ code: '23503' })
    expect(await ids()).toEqual([])
  })

  it('fail with the connection', async () => {
    const second = await connectWriter(url)
    const holder = new pg.Client(url)
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE sample')
    const failing = expect(commitAll(second, [put('a')])).rejects.toMatchObject({ code: '57P01' })
    const { processID } = second as unknown as { processID: number }
    const isBlocked = () => writer.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ${Number(processID)}`)
    await expect.poll(async () => (await isBlocked()).rowCount).toBe(1)
    await writer.query('SELECT pg_terminate_backend($1)', [processID])
    await failing
    await expect(commitAll(second, [put('a')])).rejects.toThrow(/terminated|not queryable/)
    await holder.end()
    expect(await ids()).toEqual([])
  })
})
