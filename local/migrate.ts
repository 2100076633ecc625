import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { StartError } from './start-error'

export const MIGRATIONS_DIR = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

/** The key on which Prisma's own engine locks, so that the two never migrate at once. */
const PRISMA_LOCK = 72_707_369

const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0)`

type Migration = { name: string; sql: string; checksum: string }
type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/**
 * Applies the Prisma migrations that a database lacks, and keeps the same record of them as `prisma migrate deploy`
 * does: that command, whose engine can't be downloaded everywhere, and this one may take turns.
 * @returns the names of what was applied.
 * @throws StartError when the database is newer than the code, or a migration was edited or has failed before.
 */
export async function migrate(url: string, dir = MIGRATIONS_DIR): Promise<string[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    await client.query(LEDGER)
    const { rows } = await client.query<Applied>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    const missing = missingOf(readMigrations(dir), rows)
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** What of these migrations is still to be applied. Pure. */
function missingOf(known: Migration[], applied: Applied[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const migration = byName.get(name)
    if (!migration)
      throw new StartError(`The database is newer than this code: it has the migration ${name}, which is not here.`)
    if (!finished_at)
      throw new StartError(`The migration ${name} has failed before; mend the database by hand, then remove its row.`)
    if (migration.checksum !== checksum) throw new StartError(`The migration ${name} was edited after it was applied.`)
  }
  const done = new Set(applied.map(({ migration_name }) => migration_name))
  return known.filter(({ name }) => !done.has(name))
}

function readMigrations(dir: string): Migration[] {
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders
    .map(({ name }) => {
      const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const record = 'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count, logs)'
  try {
    // With its record in one transaction: a kill in the middle leaves nothing, and the next start begins anew.
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(`${record} VALUES ($1, $2, $3, now(), 1, NULL)`, [randomUUID(), checksum, name])
    await client.query('COMMIT')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // Where the connection itself was lost, so was the transaction: nothing to undo, nothing to note.
    if (!(await isUndone(client)))
      throw new StartError(`The migration ${name} was cut off: ${reason}. Start once more.`)
    await client.query(`${record} VALUES ($1, $2, $3, NULL, 0, $4)`, [randomUUID(), checksum, name, reason])
    throw new StartError(`The migration ${name} failed: ${reason}`)
  }
}

async function isUndone(client: pg.Client): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
