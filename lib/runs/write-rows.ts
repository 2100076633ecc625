import type { Prisma } from '../db'
import { keyOf, type Rows } from './fold'

type Tx = Pick<Prisma.TransactionClient, '$executeRaw'>

/** Each statement takes all of its rows as one JSON text, in the order of their keys: so writers never wait in a ring. */
const json = (rows: object[]) => JSON.stringify(rows)

/** Writes a folded batch in the caller's transaction: a statement for each table that it has news for. */
export async function writeRows(tx: Tx, rows: Rows): Promise<void> {
  if (rows.runs.length > 0 && (await writeRuns(tx, rows.runs)) < rows.runs.length)
    await completeConfirmed(tx, rows.runs)
  if (rows.runs.length > 0) await seeAwaited(tx, rows.runs)
  if (rows.awaited.length > 0) await writeAwaited(tx, rows.awaited)
  if (rows.found.length > 0) await writeFound(tx, rows.found)
  const pausing = rows.runs.filter(({ status }) => status === 'sleeping' || status === 'waiting')
  if (pausing.length > 0)
    await keepFirstUntil(
      tx,
      pausing.map(({ runId }) => runId),
    )
  // A step that nothing but the memo tells of came before those that are executed now; of one that was, the memo comes last.
  const executed = new Set(rows.executed.map(keyOf))
  const early = rows.memoised.filter((step) => !executed.has(keyOf(step)))
  const late = rows.memoised.filter((step) => executed.has(keyOf(step)))
  if (early.length > 0) await writeMemoised(tx, early)
  if (rows.executed.length > 0) await writeExecuted(tx, rows.executed)
  if (late.length > 0) await writeMemoised(tx, late)
  if (rows.failedAttempts.length > 0) await writeFailedAttempts(tx, rows.failedAttempts)
  if (rows.standingByStepsOf.length > 0) await standAsSteps(tx, rows.standingByStepsOf)
  if (rows.progress.length > 0) await writeProgress(tx, rows.progress)
  if (rows.lines.length > 0) await writeLines(tx, rows.lines)
  if (rows.serverFunctions.length > 0) await writeServerFunctions(tx, rows.serverFunctions)
}

/** News of the latest call only; and none of a run whose end the server has told. */
const writeRuns = (tx: Tx, runs: Rows['runs']) => tx.$executeRaw`
  INSERT INTO "Run" AS run (
    "id", "functionId", "status", "until", "attempt", "eventId", "eventName", "events", "record", "parentRunId",
    "parentStepId", "output", "error", "queuedAt", "startedAt", "endedAt", "calledAt", "lookUpAt"
  )
  SELECT
    "runId", "functionId", "status"::"run_status", "until", "attempt", "eventId", "eventName", "events", "record",
    "parentRunId", "parentStepId", "output", "error", "queuedAt", "startedAt", "endedAt", "calledAt", "lookUpAt"
  FROM jsonb_to_recordset(${json(runs)}::jsonb) AS given (
    "runId" text, "functionId" text, "status" text, "until" timestamptz, "attempt" int, "eventId" text,
    "eventName" text, "events" jsonb, "record" text, "parentRunId" text, "parentStepId" text, "output" jsonb,
    "error" jsonb, "queuedAt" timestamptz, "startedAt" timestamptz, "endedAt" timestamptz, "calledAt" timestamptz,
    "lookUpAt" timestamptz
  )
  ORDER BY "runId"
  ON CONFLICT ("id") DO UPDATE SET
    "status" = excluded."status", "until" = excluded."until", "attempt" = excluded."attempt",
    "events" = coalesce(nullif(run."events", '[]'), excluded."events"), "record" = coalesce(run."record", excluded."record"),
    "output" = excluded."output", "error" = excluded."error", "startedAt" = least(run."startedAt", excluded."startedAt"),
    "endedAt" = excluded."endedAt", "calledAt" = excluded."calledAt", "lookUpAt" = excluded."lookUpAt"
  WHERE NOT run."isConfirmed" AND excluded."calledAt" >= run."calledAt"`

/** The server's word of a run's end may be here before our own of its beginning, which it says nothing of. */
const completeConfirmed = (tx: Tx, runs: Rows['runs']) => tx.$executeRaw`
  UPDATE "Run" AS run SET
    "startedAt" = given."startedAt", "attempt" = given."attempt", "parentRunId" = given."parentRunId",
    "parentStepId" = given."parentStepId", "events" = given."events", "queuedAt" = given."queuedAt",
    "record" = given."record"
  FROM jsonb_to_recordset(${json(runs)}::jsonb) AS given (
    "runId" text, "startedAt" timestamptz, "attempt" int, "parentRunId" text, "parentStepId" text, "events" jsonb,
    "queuedAt" timestamptz, "record" text
  )
  WHERE run."id" = given."runId" AND run."isConfirmed" AND run."startedAt" IS NULL`

/** What was seen is no longer awaited, whichever of its events it was awaited for. */
const seeAwaited = (tx: Tx, runs: Rows['runs']) => {
  const pairs = runs.flatMap(({ functionId, events }) => events.map(({ id }) => ({ eventId: id, functionId })))
  return tx.$executeRaw`
    DELETE FROM "AwaitedRun" AS awaited
    USING jsonb_to_recordset(${json(pairs)}::jsonb) AS seen ("eventId" text, "functionId" text)
    WHERE awaited."eventId" = seen."eventId" AND awaited."functionId" = seen."functionId"`
}

const LOOK_UP_AFTER = '10 minutes'
const LOOK_UP_AFTER_PAUSE = '2 minutes'

/** A run may be seen before the one who sent its event has heard that it was sent. */
const writeAwaited = (tx: Tx, awaited: Rows['awaited']) => tx.$executeRaw`
  INSERT INTO "AwaitedRun" ("eventId", "functionId", "eventName", "serverEventId", "dueAt", "lookUpAt")
  SELECT "eventId", "functionId", "eventName", "serverEventId", "dueAt", "dueAt" + ${LOOK_UP_AFTER}::interval
  FROM jsonb_to_recordset(${json(awaited)}::jsonb) AS given (
    "eventId" text, "functionId" text, "eventName" text, "serverEventId" text, "dueAt" timestamptz
  )
  WHERE NOT EXISTS (
    SELECT 1 FROM "Run" AS run WHERE run."eventId" = given."eventId" AND run."functionId" = given."functionId"
  )
  ORDER BY "eventId", "functionId"
  ON CONFLICT DO NOTHING`

/** A step that waits already is found again by every later call; the first time counts. */
const writeFound = (tx: Tx, found: Rows['found']) => tx.$executeRaw`
  INSERT INTO "RunStep" ("runId", "id", "name", "kind", "status", "until", "input", "foundAt")
  SELECT given."runId", given."id", given."name", given."kind", given."status"::"step_status", given."until", given."input",
    given."foundAt"
  FROM jsonb_to_recordset(${json(found)}::jsonb) AS given (
    "runId" text, "id" text, "name" text, "kind" text, "status" text, "until" timestamptz, "input" jsonb,
    "foundAt" timestamptz
  )
  JOIN "Run" AS run ON run."id" = given."runId"
  ORDER BY given."runId", given."foundAt"
  ON CONFLICT DO NOTHING`

/** A pause that was found before goes on from then; what a later call counts from itself is too late. */
const keepFirstUntil = (tx: Tx, runIds: string[]) => tx.$executeRaw`
  UPDATE "Run" AS run
  SET "until" = first."until", "lookUpAt" = first."until" + ${LOOK_UP_AFTER_PAUSE}::interval
  FROM (
    SELECT step."runId", step."status" = 'sleeping' AS "isSleep", min(step."until") AS "until"
    FROM "RunStep" AS step
    WHERE step."runId" = ANY (${runIds}) AND step."status" IN ('sleeping', 'waiting', 'invoking')
    GROUP BY 1, 2
  ) AS first
  WHERE run."id" = first."runId" AND run."status" IN ('sleeping', 'waiting')
    AND (run."status" = 'sleeping') = first."isSleep" AND first."until" < run."until"`

/** The later execution counts: the answer of the earlier one was lost, or it was retried. */
const writeExecuted = (tx: Tx, executed: Rows['executed']) => tx.$executeRaw`
  INSERT INTO "RunStep" AS step (
    "runId", "id", "name", "kind", "status", "attempt", "until", "input", "output", "error", "foundAt", "startedAt",
    "attemptStartedAt", "endedAt"
  )
  SELECT
    given."runId", given."id", given."name", given."kind", given."status"::"step_status", given."attempt", given."until",
    given."input", given."output", given."error", given."foundAt", given."startedAt", given."attemptStartedAt",
    given."endedAt"
  FROM jsonb_to_recordset(${json(executed)}::jsonb) AS given (
    "runId" text, "id" text, "name" text, "kind" text, "status" text, "attempt" int, "until" timestamptz, "input" jsonb,
    "output" jsonb, "error" jsonb, "foundAt" timestamptz, "startedAt" timestamptz, "attemptStartedAt" timestamptz,
    "endedAt" timestamptz
  )
  JOIN "Run" AS run ON run."id" = given."runId"
  ORDER BY given."runId", given."foundAt"
  ON CONFLICT ("runId", "id") DO UPDATE SET
    "status" = excluded."status", "attempt" = excluded."attempt", "until" = excluded."until", "input" = excluded."input",
    "output" = excluded."output", "error" = excluded."error", "startedAt" = least(step."startedAt", excluded."startedAt"),
    "attemptStartedAt" = excluded."attemptStartedAt", "endedAt" = excluded."endedAt"
  WHERE NOT step."isMemoised"
    AND excluded."attemptStartedAt" >= coalesce(step."attemptStartedAt", '-infinity')`

/** What the server has kept of a step counts above all that was seen of it; mostly it is the same, and nothing is written. */
const writeMemoised = (tx: Tx, memoised: Rows['memoised']) => tx.$executeRaw`
  INSERT INTO "RunStep" AS step (
    "runId", "id", "name", "kind", "status", "output", "error", "foundAt", "endedAt", "isMemoised"
  )
  SELECT
    given."runId", given."id", given."name", given."kind", given."status"::"step_status", given."output", given."error",
    given."seenAt", given."seenAt", true
  FROM jsonb_to_recordset(${json(memoised)}::jsonb) AS given (
    "runId" text, "id" text, "name" text, "kind" text, "status" text, "seenAt" timestamptz, "output" jsonb, "error" jsonb
  )
  JOIN "Run" AS run ON run."id" = given."runId"
  ORDER BY given."runId", given."seenAt"
  ON CONFLICT ("runId", "id") DO UPDATE SET
    "status" = excluded."status", "output" = excluded."output",
    "error" = CASE WHEN excluded."status" = 'failed' THEN coalesce(step."error", excluded."error") END,
    "endedAt" = coalesce(step."endedAt", excluded."endedAt"), "isMemoised" = true
  WHERE NOT step."isMemoised"
    AND (step."status" <> excluded."status" OR step."output" IS DISTINCT FROM excluded."output")`

const writeFailedAttempts = (tx: Tx, attempts: Rows['failedAttempts']) => tx.$executeRaw`
  INSERT INTO "FailedAttempt" AS attempt ("runId", "stepId", "attempt", "startedAt", "endedAt", "error", "retryAt")
  SELECT given."runId", given."stepId", given."attempt", given."startedAt", given."endedAt", given."error", given."retryAt"
  FROM jsonb_to_recordset(${json(attempts)}::jsonb) AS given (
    "runId" text, "stepId" text, "attempt" int, "startedAt" timestamptz, "endedAt" timestamptz, "error" jsonb,
    "retryAt" timestamptz
  )
  JOIN "Run" AS run ON run."id" = given."runId"
  ORDER BY given."runId", given."stepId", given."attempt"
  ON CONFLICT ("runId", "stepId", "attempt") DO UPDATE SET
    "startedAt" = excluded."startedAt", "endedAt" = excluded."endedAt", "error" = excluded."error",
    "retryAt" = excluded."retryAt"
  WHERE excluded."startedAt" >= attempt."startedAt"`

/** An open run is as busy as its busiest step; among those that wait, the soonest counts. */
const standAsSteps = (tx: Tx, runIds: string[]) => tx.$executeRaw`
  UPDATE "Run" AS run
  SET "status" = standing."status"::"run_status", "until" = standing."until",
    "lookUpAt" = coalesce(standing."until" + ${LOOK_UP_AFTER_PAUSE}::interval, run."lookUpAt")
  FROM (
    SELECT DISTINCT ON (step."runId") step."runId",
      CASE
        WHEN step."status" IN ('queued', 'running') THEN 'running'
        WHEN step."status" = 'errored' THEN 'retrying'
        WHEN step."status" = 'sleeping' THEN 'sleeping'
        ELSE 'waiting'
      END AS "status",
      CASE WHEN step."status" IN ('queued', 'running') THEN NULL ELSE step."until" END AS "until"
    FROM "RunStep" AS step
    WHERE step."runId" = ANY (${runIds}) AND step."status" NOT IN ('completed', 'failed')
    ORDER BY step."runId", array_position(ARRAY['running', 'queued', 'errored', 'sleeping'], step."status"::text) NULLS LAST,
      step."until"
  ) AS standing
  WHERE run."id" = standing."runId" AND run."endedAt" IS NULL`

const writeProgress = (tx: Tx, progress: Rows['progress']) => tx.$executeRaw`
  UPDATE "Run" AS run SET "progress" = given."progress"
  FROM jsonb_to_recordset(${json(progress)}::jsonb) AS given ("runId" text, "progress" jsonb)
  WHERE run."id" = given."runId"`

const writeLines = (tx: Tx, lines: Rows['lines']) => tx.$executeRaw`
  INSERT INTO "RunLine" ("runId", "at", "text")
  SELECT given."runId", given."at", given."text"
  FROM jsonb_to_recordset(${json(lines)}::jsonb) AS given ("runId" text, "at" timestamptz, "text" text)
  JOIN "Run" AS run ON run."id" = given."runId"`

const writeServerFunctions = (tx: Tx, functions: Rows['serverFunctions']) => tx.$executeRaw`
  INSERT INTO "ServerFunction" ("serverId", "functionId")
  SELECT "serverId", "functionId" FROM jsonb_to_recordset(${json(functions)}::jsonb) AS given ("serverId" text, "functionId" text)
  ORDER BY "serverId"
  ON CONFLICT ("serverId") DO UPDATE SET "functionId" = excluded."functionId"`
