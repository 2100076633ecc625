import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS_DIR, migrate } from '@/local/migrate'
import { ownDatabase } from '../support/database'

const database = ownDatabase()
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-migrations-'))
  cpSync(MIGRATIONS_DIR, dir, { recursive: true })
})

afterEach(() => rmSync(dir, { recursive: true }))

const add = (name: string, sql: string) => {
  mkdirSync(join(dir, name), { recursive: true })
  writeFileSync(join(dir, name, 'migration.sql'), sql)
}

const query = async (sql: string) => {
  const client = new pg.Client(database.url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('migrating', () => {
  it('applies what is missing, once', async () => {
    add('20990101000000_next', 'CREATE TABLE next (id int); INSERT INTO next VALUES (1)')
    expect(await migrate(database.url, dir)).toEqual(['20990101000000_next'])
    expect(await migrate(database.url, dir)).toEqual([])
    expect(await query('SELECT id FROM next')).toEqual([{ id: 1 }])
  })

  it('applies once when two start at the same time', async () => {
    add('20990101000000_next', 'CREATE TABLE next (id int)')
    const both = await Promise.all([migrate(database.url, dir), migrate(database.url, dir)])
    expect(both.flat()).toEqual(['20990101000000_next'])
  })

  it('refuses a database that is newer than the code', async () => {
    add('20990101000000_next', 'SELECT 1')
    await migrate(database.url, dir)
    await expect(migrate(database.url)).rejects.toThrow(
      'The database is newer than this code: it has the migration 20990101000000_next',
    )
  })

  it('refuses a migration that was edited after it was applied', async () => {
    add('20990101000000_next', 'SELECT 1')
    await migrate(database.url, dir)
    add('20990101000000_next', 'SELECT 2')
    await expect(migrate(database.url, dir)).rejects.toThrow('20990101000000_next was edited')
  })

  it('begins anew after it was killed in the middle', async () => {
    add('20990101000000_slow', 'CREATE TABLE slow (id int); SELECT pg_sleep(30)')
    const killed = migrate(database.url, dir).catch((error: Error) => error.message)
    const isSleeping = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE TABLE slow%'`
    await expect.poll(() => query(`SELECT count(*)::int AS n ${isSleeping}`)).toEqual([{ n: 1 }])
    await query(`SELECT pg_terminate_backend(pid) ${isSleeping}`)
    expect(await killed).toContain('was cut off')
    add('20990101000000_slow', 'CREATE TABLE slow (id int)')
    expect(await migrate(database.url, dir)).toEqual(['20990101000000_slow'])
  })

  it('says which migration failed, leaves nothing of it, and does not go on the next time', async () => {
    add('20990101000000_bad', 'CREATE TABLE half (id int); SELECT nonsense')
    await expect(migrate(database.url, dir)).rejects.toThrow('20990101000000_bad failed')
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }])
    await expect(migrate(database.url, dir)).rejects.toThrow('has failed before')
  })
})
