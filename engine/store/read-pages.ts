import type { StoredEvent } from '../model/event'
import type { RunStatus } from '../model/run'
import { eventColumns, readRunRows } from './read'
import { instant, type Queryable, rowsOf } from './rows'
import type { CancellationRow, RunRow } from './tables'

/** Part of a list, newest first. `before` is the id of the last row of the page that came before this one. */
export type Page = { before?: string | undefined; limit: number }

export type EventFilter = Page & {
  name?: string | undefined
  receivedAfter?: number | undefined
  receivedBefore?: number | undefined
}

export type RunFilter = Page & {
  statuses?: readonly RunStatus[] | undefined
  functionId?: string | undefined
  from?: number | undefined
}

const orNull = (ms: number | undefined) => (ms === undefined ? null : instant(ms))

/** Events, newest first by their ids, which begin with the time of their making. */
export function readEventPage(db: Queryable, filter: EventFilter): Promise<StoredEvent[]> {
  const { name = null, receivedAfter, receivedBefore, before = null, limit } = filter
  return rowsOf(
    db,
    'event_page',
    `SELECT ${eventColumns} FROM engine.event
     WHERE ($1::text IS NULL OR name = $1) AND ($2::timestamptz IS NULL OR received_at > $2)
       AND ($3::timestamptz IS NULL OR received_at < $3) AND ($4::text IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [name, orNull(receivedAfter), orNull(receivedBefore), before, limit],
  )
}

export async function findEvent(db: Queryable, id: string): Promise<StoredEvent | undefined> {
  const rows = await rowsOf<StoredEvent>(db, 'event_by_id', `SELECT ${eventColumns} FROM engine.event WHERE id = $1`, [
    id,
  ])
  return rows[0]
}

/** Runs, newest first. */
export async function readRunPage(db: Queryable, filter: RunFilter): Promise<RunRow[]> {
  const { statuses = null, functionId = null, from, before = null, limit } = filter
  const rows = await rowsOf<{ id: string }>(
    db,
    'run_page',
    `SELECT id FROM engine.run
     WHERE ($1::text[] IS NULL OR status = ANY($1)) AND ($2::text IS NULL OR function_id = $2)
       AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::text IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [statuses, functionId, orNull(from), before, limit],
  )
  if (rows.length === 0) return []
  const found = await readRunRows(
    db,
    rows.map((row) => row.id),
  )
  return found.sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** Ids of the active runs that an order to cancel has not looked at yet, oldest first. */
export async function readRunsToCancel(db: Queryable, order: CancellationRow): Promise<string[]> {
  const { functionId, startedAfter, startedBefore, seenUpTo } = order
  const rows = await rowsOf<{ id: string }>(
    db,
    'runs_to_cancel',
    `SELECT id FROM engine.run
     WHERE function_id = $1 AND ended_at IS NULL AND id > $2 AND created_at < $3
       AND ($4::timestamptz IS NULL OR created_at > $4)
     ORDER BY id`,
    [functionId, seenUpTo, instant(startedBefore), startedAfter === null ? null : instant(startedAfter)],
  )
  return rows.map((row) => row.id)
}

/** How many runs are active, by status and function. */
export function countActiveRuns(db: Queryable): Promise<{ functionId: string; status: RunStatus; count: number }[]> {
  return rowsOf(
    db,
    'active_runs',
    `SELECT function_id AS "functionId", status, count(*)::int AS count FROM engine.run
     WHERE ended_at IS NULL GROUP BY 1, 2`,
    [],
  )
}
