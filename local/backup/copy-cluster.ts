import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { copyTree } from './copy-tree'

/** Made anew at each start, or of use to the running server alone (PostgreSQL's manual, "Making a base backup"). */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal'])
/** Kept as folders, without what is in them. */
const EMPTIED = new Set([
  'pg_replslot',
  'pg_stat_tmp',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_subtrans',
  'pg_dynshmem',
])

/**
 * Copies a PostgreSQL that goes on working, as its manual asks for: between a start and a stop that it is told of, the
 * log of all that changed meanwhile last of all. The copy is repaired by that log when it is started.
 * @param database a connection to it, as its superuser.
 * @param from the folder that has `postgres.json`; where the data is, the server says itself.
 */
export async function copyCluster(database: pg.Client, from: string, to: string): Promise<void> {
  const source = await readText(database, `SELECT current_setting('data_directory') AS text`)
  const target = join(to, 'data')
  await mkdir(to, { recursive: true, mode: 0o700 })
  // A slot holds every file of the log back from being used again; a temporary one ends with the connection.
  await database.query(`SELECT pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)`)
  await database.query(`SELECT pg_backup_start('backup', true)`)
  await copyTree(source, target, { leaveOut: LEFT_OUT, emptied: EMPTIED })
  const label = await readText(database, 'SELECT labelfile AS text FROM pg_backup_stop(false)')
  // Without it the copy would start as if it were whole, and be damaged.
  await writeFile(join(target, 'backup_label'), label, { mode: 0o600 })
  await copyTree(join(source, 'pg_wal'), join(target, 'pg_wal'), { emptied: new Set(['archive_status', 'summaries']) })
  await copyFile(join(from, 'postgres.json'), join(to, 'postgres.json'))
}

async function readText(database: pg.Client, sql: string): Promise<string> {
  const { rows } = await database.query<{ text: string }>(sql)
  if (!rows[0]?.text) throw new Error(`PostgreSQL has answered nothing to ${sql}`)
  return rows[0].text
}
