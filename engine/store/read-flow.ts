import type { StoredEvent } from '../model/event'
import type { Batch, PendingStart, RateLimitStart } from '../model/start'
import { type Queryable, rowsOf } from './rows'
import type { ThrottleRow } from './tables'

/** The events of these batches, each batch's in the order in which they came. */
export async function readBatchEvents(db: Queryable, batchIds: string[]): Promise<Map<string, StoredEvent[]>> {
  if (batchIds.length === 0) return new Map()
  const rows = await rowsOf<StoredEvent & { batchId: string }>(
    db,
    'batch_events',
    `SELECT batch_id AS "batchId", id, name, public_id AS "publicId", body, ts, received_at AS "receivedAt"
     FROM engine.batch_event JOIN engine.event ON event.id = batch_event.event_id
     WHERE batch_id = ANY($1) ORDER BY place`,
    [batchIds],
  )
  const batches = new Map<string, StoredEvent[]>(batchIds.map((id) => [id, []]))
  for (const { batchId, ...event } of rows) batches.get(batchId)?.push(event)
  return batches
}

/** The batches that have not started, with how much they hold; of each key the one that takes events comes last. */
export function readBatches(db: Queryable): Promise<Batch[]> {
  return rowsOf(
    db,
    'batches',
    `SELECT batch.id, batch.function_id AS "functionId", key, due_at AS "dueAt", count(*)::int AS size,
       sum(octet_length(body)) AS bytes
     FROM engine.batch JOIN engine.batch_event ON batch_id = batch.id JOIN engine.event ON event.id = event_id
     GROUP BY batch.id ORDER BY due_at`,
    [],
  )
}

export function readPendingStarts(db: Queryable): Promise<PendingStart[]> {
  return rowsOf(
    db,
    'pending_starts',
    `SELECT id, kind, function_id AS "functionId", key, event_id AS "eventId", event_ts AS "eventTs",
       first_at AS "firstAt", due_at AS "dueAt", parent_run_id AS "parentRunId", parent_step_id AS "parentStepId"
     FROM engine.pending_start`,
    [],
  )
}

/** The starts that were counted against rate limits, earliest first. */
export function readRateLimitStarts(db: Queryable): Promise<RateLimitStart[]> {
  return rowsOf(
    db,
    'rate_limit_starts',
    `SELECT id, key, expires_at AS "expiresAt" FROM engine.rate_limit_start ORDER BY expires_at`,
    [],
  )
}

/** The runs of singletons that are active. */
export function readSingletons(db: Queryable): Promise<{ key: string; runId: string }[]> {
  return rowsOf(
    db,
    'singletons',
    `SELECT singleton_key AS key, id AS "runId" FROM engine.run WHERE singleton_key IS NOT NULL AND ended_at IS NULL`,
    [],
  )
}

export function readThrottles(db: Queryable): Promise<ThrottleRow[]> {
  return rowsOf(db, 'throttles', `SELECT key, arrival_at AS "arrivalAt" FROM engine.throttle`, [])
}
