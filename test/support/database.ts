import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, inject } from 'vitest'
import { TEMPLATE } from './postgres'

export type TestDatabase = { url: string; drop: () => Promise<void> }

/** A database of one's own, as the migrations leave it. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await admin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** A fresh database for each test of a file; `url` is its address. */
export function ownDatabase(): { readonly url: string } {
  let database: TestDatabase | undefined
  beforeEach(async () => {
    database = await createDatabase()
  })
  afterEach(async () => {
    await database?.drop()
  })
  return {
    get url() {
      if (!database) throw new Error('the database is there within a test only')
      return database.url
    },
  }
}

let admins: pg.Pool | undefined

/** One connection for a whole worker: opening one takes longer than what is asked over it. */
async function admin(sql: string): Promise<void> {
  admins ??= openAdmins()
  await admins.query(sql)
}

function openAdmins(): pg.Pool {
  const pool = new pg.Pool({ connectionString: inject('postgresUrl'), max: 2, allowExitOnIdle: true })
  // The server ends before the last worker does.
  pool.on('error', () => {})
  return pool
}
