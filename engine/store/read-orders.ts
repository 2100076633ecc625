import { type Queryable, rowsOf } from './rows'
import type { CancellationRow, PauseRow, SignalRow } from './tables'

/** What stands until somebody lifts it: waits for signals, functions held back, orders to cancel. */

export function readSignals(db: Queryable): Promise<SignalRow[]> {
  return rowsOf(
    db,
    'signals',
    `SELECT name, run_id AS "runId", step_id AS "stepId", expires_at AS "expiresAt" FROM engine.signal`,
    [],
  )
}

export function readPauses(db: Queryable): Promise<PauseRow[]> {
  return rowsOf(db, 'pauses', `SELECT function_id AS "functionId", paused_at AS "pausedAt" FROM engine.pause`, [])
}

const cancellationColumns = `id, function_id AS "functionId", started_after AS "startedAfter",
  started_before AS "startedBefore", expression, created_at AS "createdAt", seen_up_to AS "seenUpTo", cancelled,
  is_done AS "isDone"`

export function readOpenCancellations(db: Queryable): Promise<CancellationRow[]> {
  return rowsOf(
    db,
    'open_cancellations',
    `SELECT ${cancellationColumns} FROM engine.cancellation WHERE NOT is_done ORDER BY id`,
    [],
  )
}

/** The newest orders to cancel, carried out or not, older than a given one. */
export function readCancellations(db: Queryable, before: string | null, limit: number): Promise<CancellationRow[]> {
  return rowsOf(
    db,
    'cancellations',
    `SELECT ${cancellationColumns} FROM engine.cancellation
     WHERE $1::text IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before, limit],
  )
}

export async function findCancellation(db: Queryable, id: string): Promise<CancellationRow | undefined> {
  const rows = await rowsOf<CancellationRow>(
    db,
    'cancellation',
    `SELECT ${cancellationColumns} FROM engine.cancellation WHERE id = $1`,
    [id],
  )
  return rows[0]
}
