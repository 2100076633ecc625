import pg from 'pg'

export const RUNS = 200_000
const STEPS_A_RUN = 5
/** The run whose page is the longest there can be. */
export const WIDE_RUN = runIdOf(RUNS)
const WIDE_STEPS = 1_000
/** A record that a thousandth of all runs would be a poor test of. */
export const BUSY_RECORD = 'account/busy'

/** As the SQL below makes them; the newest run has the highest number. */
export function runIdOf(n: number): string {
  return `run-${String(n).padStart(8, '0')}`
}

export const functionIds = [
  ...['send-email', 'send-welcome-email', 'onboarding-workflow', 'process-order', 'process-image', 'generate-report'],
  ...['order-reminder', 'import-products', 'settle-order', 'record-dead-letter', 'replay-dead-letter', 'health-check'],
]

/**
 * Fills a database with a month of work: most of it completed, some failed, cancelled or still open, by functions of
 * which some are busy and some are not, for records that have one run or thousands.
 */
export async function loadLedger(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(runs, [RUNS, functionIds])
    await client.query(steps, [STEPS_A_RUN])
    await client.query(wideSteps, [WIDE_RUN, WIDE_STEPS])
    for (const statement of [failedAttempts, lines, awaited, groups, deadLetters]) await client.query(statement)
    // As autovacuum would, some minutes after such a load.
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** `n * prime % m` spreads evenly, and makes the same ledger each time. */
const runs = `
  WITH made AS (
    SELECT n, 'run-' || lpad(n::text, 8, '0') AS id, now() - ($1::bigint - n) * interval '13 seconds' AS at,
      ($2::text[])[1 + floor(power((n * 7919 % 1009) / 1009.0, 2) * 12)::int] AS fn,
      CASE
        WHEN n * 104729 % 997 < 30 THEN 'failed' WHEN n * 104729 % 997 < 60 THEN 'sleeping'
        WHEN n * 104729 % 997 < 70 THEN 'cancelled' WHEN n * 104729 % 997 < 80 THEN 'waiting'
        WHEN n * 104729 % 997 < 85 THEN 'retrying' WHEN n * 104729 % 997 < 88 THEN 'running'
        WHEN n * 104729 % 997 < 90 THEN 'queued' ELSE 'completed'
      END::"run_status" AS status
    FROM generate_series(1::bigint, $1::bigint) AS n
  )
  INSERT INTO "Run" ("id", "functionId", "status", "until", "eventId", "eventName", "events", "record", "parentRunId", "output",
    "error", "queuedAt", "startedAt", "endedAt", "calledAt", "lookUpAt", "isConfirmed")
  SELECT id, fn, status,
    CASE WHEN status IN ('sleeping', 'waiting', 'retrying') THEN now() + (n % 5000) * interval '1 minute' + interval '1 day' END,
    'event-' || n / 2, 'order/placed',
    jsonb_build_array(jsonb_build_object('id', 'event-' || n / 2, 'name', 'order/placed', 'ts', 1.7e12 + n,
      'data', jsonb_build_object('orderId', n / 3, 'total', n % 9999, 'note', repeat('x', (n % 200)::int)))),
    CASE WHEN n % 20 = 0 THEN 'account/busy' WHEN n % 20 < 16 THEN 'order/' || n / 3 END,
    CASE WHEN n % 50 = 0 THEN 'run-' || lpad((n - 1)::text, 8, '0') END,
    CASE WHEN status = 'completed' THEN '{"success": true, "paymentId": "pay-1"}'::jsonb END,
    CASE WHEN status = 'failed' THEN jsonb_build_object('name', 'Error', 'message', 'Order ' || n || ' was refused',
      'stack', repeat('at step (file.ts:1:1) ', 30)) END,
    at, CASE WHEN status <> 'queued' THEN at + interval '300 ms' END,
    CASE WHEN status IN ('completed', 'failed', 'cancelled') THEN at + interval '2 seconds' + (n % 900) * interval '10 ms' END,
    at + interval '1 second',
    CASE WHEN status NOT IN ('completed', 'failed', 'cancelled') THEN now() + interval '2 days' END,
    status IN ('failed', 'cancelled')
  FROM made`

const steps = `
  INSERT INTO "RunStep" ("runId", "id", "name", "kind", "status", "input", "output", "until", "foundAt", "startedAt",
    "attemptStartedAt", "endedAt", "isMemoised")
  SELECT run."id", md5(run."id" || s), 'step-' || s, CASE WHEN s = $1::int THEN 'sleep' WHEN s = 2 THEN 'sendEvent' ELSE 'run' END,
    CASE WHEN is_open THEN 'sleeping' ELSE 'completed' END::"step_status", CASE WHEN s = 2 THEN '[{"name": "order/placed"}]'::jsonb END,
    CASE WHEN NOT is_open THEN CASE WHEN s = 2 THEN jsonb_build_object('ids', ARRAY[run."eventId"]) ELSE '{"done": true, "count": 7}' END END,
    run."until", run."queuedAt" + s * interval '300 ms', run."startedAt", run."startedAt",
    CASE WHEN NOT is_open THEN run."queuedAt" + s * interval '350 ms' END, NOT is_open
  FROM "Run" AS run CROSS JOIN generate_series(1, $1::int) AS s
  CROSS JOIN LATERAL (SELECT s = $1::int AND run."endedAt" IS NULL AS is_open) AS state
  ORDER BY run."id", s`

const wideSteps = `
  INSERT INTO "RunStep" ("runId", "id", "name", "kind", "status", "output", "foundAt", "startedAt", "attemptStartedAt", "endedAt")
  SELECT $1, md5('wide' || s), 'page-' || s, 'run', 'completed', '{"done": true}', now() + s * interval '1 ms', now(), now(), now()
  FROM generate_series(6, $2::int) AS s`

const failedAttempts = `
  INSERT INTO "FailedAttempt" ("runId", "stepId", "attempt", "startedAt", "endedAt", "error", "retryAt")
  SELECT "id", '', n, "queuedAt", "queuedAt" + interval '1 second', '{"name": "Error", "message": "refused"}', NULL
  FROM "Run" CROSS JOIN generate_series(0, 2) AS n WHERE "status" IN ('failed', 'retrying')`

const lines = `
  INSERT INTO "RunLine" ("runId", "at", "text")
  SELECT "id", "queuedAt", 'Completed resize (' || n || '/3)' FROM "Run" CROSS JOIN generate_series(1, 3) AS n
  WHERE "functionId" = 'process-image'`

const awaited = `
  INSERT INTO "AwaitedRun" ("eventId", "functionId", "eventName", "serverEventId", "dueAt", "lookUpAt")
  SELECT 'future-' || n, 'order-reminder', 'order/reminder', 'server-' || n, now() + interval '1 day', now() + interval '2 days'
  FROM generate_series(1, 5000) AS n`

const groups = `
  INSERT INTO "DeadLetterGroup" ("id", "functionId", "errorName", "cause", "alertedAt", "firstAt", "lastAt")
  SELECT 'group-' || "functionId", "functionId", 'Error', 'Order # was refused', now(), min("endedAt"), max("endedAt")
  FROM "Run" WHERE "status" = 'failed' GROUP BY "functionId"`

const deadLetters = `
  INSERT INTO "DeadLetter" ("id", "runId", "groupId", "functionId", "status", "events", "error", "attempts", "failedAt", "closedAt")
  SELECT 'letter-' || "id", "id", 'group-' || "functionId", "functionId", (CASE WHEN replayed THEN 'replayed' ELSE 'open' END)::"dead_letter_status",
    "events", "error", 3, "endedAt", CASE WHEN replayed THEN now() END
  FROM "Run" CROSS JOIN LATERAL (SELECT hashtext("id") % 2 = 0 AS replayed) AS state WHERE "status" = 'failed'`
