import type pg from 'pg'
import type { Statement } from './table'

/**
 * One engine is active per database: it holds this lock in the very session through which it writes. Losing the
 * session is losing both, so what an engine of an older epoch still wants to commit can't arrive. And should its
 * session live on, each commit asks first whether its epoch still holds.
 */
const LOCK = `hashtext('backroom-engine')`

/** The SQLSTATE by which a commit of an older epoch is refused. */
const REPLACED = 'BR001'

/** True when this session now leads. */
export async function tryToLead(writer: pg.Client): Promise<boolean> {
  const { rows } = await writer.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS held`)
  return rows[0]?.held ?? false
}

/** Begins a new epoch, and answers it. Called once by each engine that has come to lead. */
export async function beginEpoch(writer: pg.Client): Promise<number> {
  const { rows } = await writer.query<{ value: string }>(
    `UPDATE engine.meta SET value = (value::bigint + 1)::text WHERE key = 'epoch' RETURNING value`,
  )
  return Number(rows[0]?.value)
}

export async function currentEpoch(writer: pg.Client): Promise<number> {
  const { rows } = await writer.query<{ value: string }>(`SELECT value FROM engine.meta WHERE key = 'epoch'`)
  return Number(rows[0]?.value)
}

/** A commit of an epoch; `name` is no other's. */
export type Commit = { epoch: number; name: string }

/** Goes first in each transaction: holds the epoch until its end, or ends it where another engine leads by now. */
export function beginCommit({ epoch, name }: Commit): Pick<Statement, 'name' | 'text'> & { values: unknown[] } {
  return { name: 'begin_commit', text: 'SELECT engine.begin_commit($1, $2)', values: [epoch, name] }
}

/** True for a commit that was refused since another engine leads. */
export function isReplaced(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === REPLACED
}

/** The leading session as others see it. */
export type Leader = {
  pid: number
  /** The sign of life that was given last; none by an engine of a version that gives none. */
  sign: string | null
  /** The database works for it, or lets it wait: it is not the engine that is slow. */
  isServed: boolean
}

const holder = `pg_locks.locktype = 'advisory' AND granted AND objsubid = 1
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint) = ${LOCK}`

export async function findLeader(db: pg.Client): Promise<Leader | undefined> {
  const { rows } = await db.query<Leader>(
    `SELECT pid, (SELECT value FROM engine.meta WHERE key = 'heartbeat') AS sign,
       state = 'active' AND wait_event_type IS DISTINCT FROM 'Client' AS "isServed"
     FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE ${holder}`,
  )
  return rows[0]
}

/** Ends the session of a leader that hangs, and with it all that it had begun; only if that session still leads. */
export async function endLead(db: pg.Client, { pid }: Leader): Promise<void> {
  await db.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE ${holder} AND pid = $1`, [pid])
}
