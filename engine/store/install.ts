import type pg from 'pg'
import { migrations } from './migrations'

/** The database was written by a newer engine than this one. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

/**
 * The version of the engine's tables; 0 where there are none yet.
 * @throws NewerDatabaseError
 */
export async function readVersion(client: pg.Client): Promise<number> {
  const found = await client.query<{ there: boolean }>(`SELECT to_regclass('engine.migration') IS NOT NULL AS there`)
  if (!found.rows[0]?.there) return 0
  const { rows } = await client.query<{ version: number }>(
    `SELECT coalesce(max(version), 0) AS version FROM engine.migration`,
  )
  const version = rows[0]?.version ?? 0
  if (version > migrations.length)
    throw new NewerDatabaseError(
      `The engine's tables are at version ${version}, newer than this program's ${migrations.length}.`,
    )
  return version
}

/**
 * Brings the engine's schema to this program's version. Safe beside another engine that does the same.
 * @throws NewerDatabaseError
 */
export async function installSchema(client: pg.Client): Promise<void> {
  // Held to the end of the transaction: two engines that start at once install one after the other.
  await client.query('BEGIN')
  try {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('backroom-engine-install'))`)
    await client.query(`CREATE SCHEMA IF NOT EXISTS engine`)
    await client.query(
      `CREATE TABLE IF NOT EXISTS engine.migration (version int PRIMARY KEY, applied_at timestamptz NOT NULL)`,
    )
    const version = await readVersion(client)
    for (const [i, sql] of migrations.entries()) {
      if (i < version) continue
      await client.query(sql)
      await client.query(`INSERT INTO engine.migration VALUES ($1, now())`, [i + 1])
    }
    await client.query('COMMIT')
  } catch (error) {
    // A connection that is gone can't roll back, and must not hide why.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
