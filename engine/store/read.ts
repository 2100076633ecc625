import type { StoredEvent } from '../model/event'
import type { Item, ItemKind, QueuedItem, Run, Step, Wait } from '../model/run'
import { readBatchEvents } from './read-flow'
import { instant, type Queryable, rowsOf } from './rows'
import type { AppRow, CronRow, FunctionRow, RunRow } from './tables'

const runColumns = `id, function_id AS "functionId", status, event_id AS "eventId", created_at AS "createdAt",
  started_at AS "startedAt", ended_at AS "endedAt", output, error, version, score, limit_keys AS "limitKeys",
  throttle_key AS "throttleKey", singleton_key AS "singletonKey", batch_id AS "batchId", parent_run_id AS "parentRunId", parent_step_id AS "parentStepId"`
const itemColumns = `id, run_id AS "runId", kind, step_id AS "stepId", attempt, due_at AS "dueAt", score, resets`
export const eventColumns = `id, name, public_id AS "publicId", body, ts, received_at AS "receivedAt"`
const waitColumns = `run_id AS "runId", step_id AS "stepId", kind, event_name AS "eventName", expression,
  match_key AS "matchKey", expires_at AS "expiresAt"`

/** Whole runs, with their events, steps (memo and order in one read), items and waits. */
export async function loadRuns(db: Queryable, ids: string[]): Promise<Run[]> {
  // All at once: a run of a long backlog is read when its call is handed out. With the events after the others, a backlog
  // of 200,000 went at 85 to 88 % of the rate of one of 1,000 instead of 90 %.
  const [runs, events, steps, items, waits] = await Promise.all([
    readRunRows(db, ids),
    readEventsOf(db, ids),
    rowsOf<Step>(
      db,
      'load_steps',
      `SELECT run_id AS "runId", id, op, name, status, input, memo, place FROM engine.step WHERE run_id = ANY($1)`,
      [ids],
    ),
    rowsOf<Item>(db, 'load_items', `SELECT ${itemColumns} FROM engine.item WHERE run_id = ANY($1)`, [ids]),
    rowsOf<Wait>(db, 'load_waits', `SELECT ${waitColumns} FROM engine.wait WHERE run_id = ANY($1)`, [ids]),
  ])
  const batches = await readBatchEvents(
    db,
    runs.flatMap(({ batchId }) => batchId ?? []),
  )
  const eventsOf = ({ eventId, batchId }: RunRow) => (batchId === null ? events.get(eventId) : batches.get(batchId))
  const aggregates = new Map(runs.map((row) => [row.id, aggregateOf(row, [eventsOf(row) ?? []].flat())]))
  for (const step of steps) aggregates.get(step.runId)?.steps.set(step.id, step)
  for (const item of items) aggregates.get(item.runId)?.items.set(item.id, item)
  for (const wait of waits) aggregates.get(wait.runId)?.waits.set(wait.stepId, wait)
  return [...aggregates.values()]
}

function aggregateOf(row: RunRow, events: StoredEvent[]): Run {
  return {
    id: row.id,
    functionId: row.functionId,
    status: row.status,
    events,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    output: row.output,
    error: row.error,
    version: row.version,
    score: row.score,
    limitKeys: row.limitKeys,
    throttleKey: row.throttleKey,
    singletonKey: row.singletonKey,
    batchId: row.batchId,
    parentRunId: row.parentRunId,
    parentStepId: row.parentStepId,
    steps: new Map(),
    items: new Map(),
    waits: new Map(),
  }
}

export async function readRunRows(db: Queryable, ids: string[]): Promise<RunRow[]> {
  const rows = await rowsOf<Omit<RunRow, 'error' | 'limitKeys'> & { error: string | null; limitKeys: string }>(
    db,
    'load_runs',
    `SELECT ${runColumns} FROM engine.run WHERE id = ANY($1)`,
    [ids],
  )
  return rows.map((row) => ({
    ...row,
    error: row.error === null ? null : JSON.parse(row.error),
    limitKeys: JSON.parse(row.limitKeys),
  }))
}

/** The events of runs that are for one alone, by their ids. */
async function readEventsOf(db: Queryable, runIds: string[]): Promise<Map<string, StoredEvent>> {
  const rows = await rowsOf<StoredEvent>(
    db,
    'load_events_of',
    `SELECT ${eventColumns} FROM engine.event
     WHERE id IN (SELECT event_id FROM engine.run WHERE id = ANY($1) AND batch_id IS NULL)`,
    [runIds],
  )
  return new Map(rows.map((event) => [event.id, event]))
}

/** Whether a run is stored: memory may still hold one that was removed for its age. */
export async function hasRun(db: Queryable, id: string): Promise<boolean> {
  return (await rowsOf(db, 'has_run', `SELECT FROM engine.run WHERE id = $1`, [id])).length > 0
}

/** Events by their ids. */
export async function readEvents(db: Queryable, ids: string[]): Promise<Map<string, StoredEvent>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<StoredEvent>(
    db,
    'load_events',
    `SELECT ${eventColumns} FROM engine.event WHERE id = ANY($1)`,
    [[...new Set(ids)]],
  )
  return new Map(rows.map((event) => [event.id, event]))
}

/** Ids of the runs that an event started, alone or within a batch, oldest first. */
export async function readRunIdsOfEvent(db: Queryable, eventId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    'runs_of_event',
    `SELECT id FROM engine.run WHERE event_id = $1
     UNION SELECT run.id FROM engine.batch_event JOIN engine.run USING (batch_id) WHERE batch_event.event_id = $1
     ORDER BY id`,
    [eventId],
  )
  return rows.map((row) => row.id)
}

/** The event itself, and every other one of the same id as its sender gave it. */
export async function readRepeats(db: Queryable, eventId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    'repeats_of_event',
    `SELECT other.id FROM engine.event AS own
     JOIN engine.event AS other ON md5(other.public_id) = md5(own.public_id) AND other.public_id <> other.id
     WHERE own.id = $1 AND own.public_id <> own.id AND other.public_id = own.public_id`,
    [eventId],
  )
  return [eventId, ...rows.map((row) => row.id).filter((id) => id !== eventId)]
}

/** Which of these events are stored already. */
export async function readKnownEvents(db: Queryable, ids: string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(db, 'known_events', `SELECT id FROM engine.event WHERE id = ANY($1)`, [ids])
  return new Set(rows.map((row) => row.id))
}

/** Items due up to an instant, beyond another one, earliest first. */
export async function readDueItems(db: Queryable, after: number, until: number): Promise<QueuedItem[]> {
  const rows = await rowsOf<Omit<QueuedItem, 'limitKeys'> & { limitKeys: string }>(
    db,
    'due_items',
    `SELECT item.id, run_id AS "runId", kind, step_id AS "stepId", attempt, due_at AS "dueAt", item.score, resets,
       function_id AS "functionId", limit_keys AS "limitKeys",
       CASE WHEN started_at IS NULL AND kind = 'discovery' THEN throttle_key END AS "throttleKey"
     FROM engine.item JOIN engine.run ON run.id = item.run_id
     WHERE due_at > $1 AND due_at <= $2 ORDER BY due_at`,
    [instant(after), instant(until)],
  )
  return rows.map((row) => ({ ...row, limitKeys: JSON.parse(row.limitKeys) }))
}

/** The earliest instant at which any item beyond `after` falls due. */
export async function readNextDue(db: Queryable, after: number): Promise<number | null> {
  const rows = await rowsOf<{ at: number | null }>(
    db,
    'next_due',
    `SELECT min(due_at) AS at FROM engine.item WHERE due_at > $1`,
    [instant(after)],
  )
  return rows[0]?.at ?? null
}

export type Upcoming = {
  at: number
  kind: ItemKind | 'cron' | 'batch' | 'debounce'
  functionId: string
  runId: string | null
  stepName: string | null
  attempt: number
}

/**
 * What will fire up to an instant, soonest first: items that fall due, ticks of schedules, and starts that are put off.
 * @param held functions that are held back: of theirs only what happens all the same, ends of sleeps, waits and limits.
 */
export function readUpcoming(db: Queryable, until: number, limit: number, held: string[]): Promise<Upcoming[]> {
  return rowsOf(
    db,
    'upcoming',
    `(SELECT item.due_at AS at, item.kind, run.function_id AS "functionId", run.id AS "runId", step.name AS "stepName", attempt
      FROM engine.item JOIN engine.run ON run.id = item.run_id
      LEFT JOIN engine.step ON step.run_id = item.run_id AND step.id = item.step_id
      WHERE item.due_at <= $1 AND (item.kind NOT IN ('discovery', 'step', 'fetch') OR run.function_id <> ALL($3))
      ORDER BY item.due_at LIMIT $2)
     UNION ALL
     (SELECT next_at, 'cron', function_id, NULL, NULL, 0 FROM engine.cron
      WHERE next_at <= $1 AND function_id <> ALL($3) ORDER BY next_at LIMIT $2)
     UNION ALL
     (SELECT due_at, 'batch', function_id, NULL, NULL, 0 FROM engine.batch
      WHERE due_at <= $1 AND function_id <> ALL($3) ORDER BY due_at LIMIT $2)
     UNION ALL
     (SELECT due_at, kind, function_id, NULL, NULL, 0 FROM engine.pending_start
      WHERE kind = 'debounce' AND due_at <= $1 AND function_id <> ALL($3) ORDER BY due_at LIMIT $2)
     ORDER BY at LIMIT $2`,
    [instant(until), limit, held],
  )
}

/** Waits for these event names whose match key is one of those given. */
export function readWaits(db: Queryable, names: string[], matchKeys: string[]): Promise<Wait[]> {
  return rowsOf(
    db,
    'waits',
    `SELECT ${waitColumns} FROM engine.wait WHERE event_name = ANY($1) AND match_key = ANY($2) ORDER BY run_id`,
    [names, matchKeys],
  )
}

/** All waits for these event names. */
export function readWaitsByName(db: Queryable, names: string[]): Promise<Wait[]> {
  return rowsOf(
    db,
    'waits_by_name',
    `SELECT ${waitColumns} FROM engine.wait WHERE event_name = ANY($1) ORDER BY run_id`,
    [names],
  )
}

/** How many waits there are by event name and by the path of their match key. */
export function readWaitCounts(db: Queryable): Promise<{ eventName: string; path: string; count: number }[]> {
  return rowsOf(
    db,
    'wait_counts',
    `SELECT event_name AS "eventName", split_part(match_key, '=', 1) AS path, count(*)::int AS count FROM engine.wait GROUP BY 1, 2`,
    [],
  )
}

/** Those of the claims that are taken at their moment, as `function key`. */
export async function readClaims(
  db: Queryable,
  wanted: { functionId: string; key: string; moment: number }[],
): Promise<Set<string>> {
  const rows = await rowsOf<{ functionId: string; key: string }>(
    db,
    'claims',
    `SELECT claim.function_id AS "functionId", claim.key
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS wanted (function_id, key, moment)
     JOIN engine.claim USING (function_id, key) WHERE claim.expires_at > wanted.moment`,
    [
      wanted.map(({ functionId }) => functionId),
      wanted.map(({ key }) => key),
      wanted.map(({ moment }) => instant(moment)),
    ],
  )
  return new Set(rows.map((row) => `${row.functionId} ${row.key}`))
}

export function readApps(db: Queryable): Promise<AppRow[]> {
  return rowsOf(db, 'apps', `SELECT id, url, sdk, checksum, synced_at AS "syncedAt" FROM engine.app`, [])
}

export async function readFunctions(db: Queryable): Promise<FunctionRow[]> {
  const rows = await rowsOf<{ id: string; appId: string; isActive: boolean; config: string }>(
    db,
    'functions',
    `SELECT id, app_id AS "appId", is_active AS "isActive", config FROM engine.function`,
    [],
  )
  return rows.map((row) => ({ ...row, config: JSON.parse(row.config) }))
}

export function readCrons(db: Queryable): Promise<CronRow[]> {
  return rowsOf(db, 'crons', `SELECT function_id AS "functionId", expression, next_at AS "nextAt" FROM engine.cron`, [])
}

export async function readMeta(db: Queryable, key: string): Promise<string | undefined> {
  const rows = await rowsOf<{ value: string }>(db, 'meta', `SELECT value FROM engine.meta WHERE key = $1`, [key])
  return rows[0]?.value
}
