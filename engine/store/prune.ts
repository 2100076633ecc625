import { instant, type Queryable, rowsOf } from './rows'

/** What a removal asks first, so that an engine that was replaced removes nothing. */
const LEADS = '(SELECT engine.hold_lead($1))'

const finished = { completed: 'error IS NULL', failed: 'error IS NOT NULL' }

/**
 * Removes finished runs with their steps, oldest first, of each function but the latest ones, and none that ended after
 * an instant. Failed runs are counted apart from the others.
 * @returns how many were removed.
 */
export function pruneRuns(
  db: Queryable,
  epoch: number,
  { how, endedBefore, keep, limit }: { how: keyof typeof finished; endedBefore: number; keep: number; limit: number },
): Promise<number> {
  const which = `function_id = function.id AND ended_at IS NOT NULL AND ${finished[how]}`
  return countOf(
    db,
    `prune_${how}`,
    `WITH doomed AS (
       SELECT old.id FROM engine.function
       CROSS JOIN LATERAL (
         SELECT ended_at FROM engine.run WHERE ${which} ORDER BY ended_at DESC OFFSET $2::int - 1 LIMIT 1
       ) AS latest
       CROSS JOIN LATERAL (
         SELECT id FROM engine.run WHERE ${which} AND ended_at < least(latest.ended_at, $3) ORDER BY ended_at LIMIT $4
       ) AS old
       WHERE ${LEADS} LIMIT $4
     ), gone AS (DELETE FROM engine.run WHERE id IN (SELECT id FROM doomed) RETURNING id, batch_id),
     steps AS (DELETE FROM engine.step USING gone WHERE run_id = gone.id),
     batches AS (
       DELETE FROM engine.batch_event USING gone WHERE batch_event.batch_id = gone.batch_id
         AND NOT EXISTS (
           SELECT FROM engine.run WHERE run.batch_id = gone.batch_id AND run.id NOT IN (SELECT id FROM doomed)
         )
     )
     SELECT count(*)::int AS n FROM gone`,
    [epoch, keep, instant(endedBefore), limit],
  )
}

/** Where a look over the events has got to. */
export type EventCursor = { receivedAt: number; id: string }

/** Who still needs an event. One line for each table that points at events. */
const needed = [
  'SELECT FROM engine.run WHERE run.event_id = event.id',
  'SELECT FROM engine.batch_event WHERE batch_event.event_id = event.id',
  'SELECT FROM engine.pending_start WHERE pending_start.event_id = event.id',
]

/**
 * Looks at the events that were received before an instant, on from a cursor, and removes those that nobody needs.
 * @returns the cursor to go on from; undefined when that were all.
 */
export async function pruneEvents(
  db: Queryable,
  epoch: number,
  { after, receivedBefore, limit }: { after: EventCursor; receivedBefore: number; limit: number },
): Promise<EventCursor | undefined> {
  const unneeded = needed.map((use) => `NOT EXISTS (${use})`).join(' AND ')
  const [last] = await rowsOf<EventCursor & { looked: number }>(
    db,
    'prune_events',
    `WITH looked AS (
       SELECT received_at, id FROM engine.event
       WHERE received_at >= $2 AND (received_at, id) > ($2, $3) AND received_at < $4 AND ${LEADS}
       ORDER BY received_at, id LIMIT $5
     ), gone AS (DELETE FROM engine.event WHERE id IN (SELECT id FROM looked) AND ${unneeded})
     SELECT received_at AS "receivedAt", id, count(*) OVER ()::int AS looked FROM looked
     ORDER BY received_at DESC, id DESC LIMIT 1`,
    [epoch, instant(after.receivedAt), after.id, instant(receivedBefore), limit],
  )
  return last && last.looked === limit ? { receivedAt: last.receivedAt, id: last.id } : undefined
}

/** Removes claims that have expired. One that is claimed anew at this very moment is passed over. */
export function pruneClaims(db: Queryable, epoch: number, expiredBefore: number, limit: number): Promise<number> {
  return countOf(
    db,
    'prune_claims',
    `WITH doomed AS (
       SELECT function_id, key FROM engine.claim WHERE expires_at < $2 AND ${LEADS}
       ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), gone AS (
       DELETE FROM engine.claim USING doomed
       WHERE claim.function_id = doomed.function_id AND claim.key = doomed.key RETURNING 1
     )
     SELECT count(*)::int AS n FROM gone`,
    [epoch, instant(expiredBefore), limit],
  )
}

/** Removes throttles that hold nobody back: their next start may have been long ago. */
export function pruneThrottles(db: Queryable, epoch: number, arrivedBefore: number, limit: number): Promise<number> {
  return countOf(
    db,
    'prune_throttles',
    `WITH doomed AS (
       SELECT key FROM engine.throttle WHERE arrival_at < $2 AND ${LEADS} LIMIT $3 FOR UPDATE SKIP LOCKED
     ), gone AS (DELETE FROM engine.throttle USING doomed WHERE throttle.key = doomed.key RETURNING 1)
     SELECT count(*)::int AS n FROM gone`,
    [epoch, instant(arrivedBefore), limit],
  )
}

/**
 * Removes starts that no longer count against a rate limit. The lane removes those of a key that is asked for again; this
 * is for the others.
 */
export function pruneRateLimitStarts(
  db: Queryable,
  epoch: number,
  expiredBefore: number,
  limit: number,
): Promise<number> {
  return countOf(
    db,
    'prune_rate_limit_starts',
    `WITH doomed AS (
       SELECT id FROM engine.rate_limit_start WHERE expires_at < $2 AND ${LEADS}
       ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), gone AS (DELETE FROM engine.rate_limit_start USING doomed WHERE rate_limit_start.id = doomed.id RETURNING 1)
     SELECT count(*)::int AS n FROM gone`,
    [epoch, instant(expiredBefore), limit],
  )
}

/** Removes orders to cancel that were given before an instant and have been carried out. */
export function pruneCancellations(
  db: Queryable,
  epoch: number,
  orderedBefore: number,
  limit: number,
): Promise<number> {
  return countOf(
    db,
    'prune_cancellations',
    `WITH doomed AS (
       SELECT id FROM engine.cancellation WHERE is_done AND created_at < $2 AND ${LEADS}
       ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
     ), gone AS (DELETE FROM engine.cancellation USING doomed WHERE cancellation.id = doomed.id RETURNING 1)
     SELECT count(*)::int AS n FROM gone`,
    [epoch, instant(orderedBefore), limit],
  )
}

async function countOf(db: Queryable, name: string, text: string, values: unknown[]): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(db, name, text, values)
  return row?.n ?? 0
}
