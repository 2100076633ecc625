import type pg from 'pg'

/**
 * One engine is active per database: it holds this lock in the very session through which it writes. Losing the
 * session is losing both, so what an engine of an older epoch still wants to commit can't arrive.
 */
const LOCK = `hashtext('backroom-engine')`

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
