import type { Prisma } from '../db'
import { keyOf, type Rows } from './fold'

type Tx = Pick<Prisma.TransactionClient, '$executeRaw'>

const json = (rows: object[]) => JSON.stringify(rows)

/** Writes what a folded batch says of steps, and of runs by their steps; the runs' own rows are there by now. */
export async function writeStepRows(tx: Tx, rows: Rows): Promise<void> {
  if (rows.found.length > 0) await writeFound(tx, rows.found)
  // A step that nothing but the memo tells of came before those that are executed now; of one that was, the memo comes last.
  const executed = new Set(rows.executed.map(keyOf))
  const early = rows.memoised.filter((step) => !executed.has(keyOf(step)))
  const late = rows.memoised.filter((step) => executed.has(keyOf(step)))
  if (early.length > 0) await writeMemoised(tx, early)
  if (rows.executed.length > 0) await writeExecuted(tx, rows.executed)
  if (late.length > 0) await writeMemoised(tx, late)
  // Only now is it written which pauses are over.
  const pausing = rows.runs.filter(({ status }) => status === 'sleeping' || status === 'waiting')
  const pausingIds = pausing.map(({ runId }) => runId)
  if (pausingIds.length > 0) await keepFirstUntil(tx, pausingIds)
  if (rows.failedAttempts.length > 0) await writeFailedAttempts(tx, rows.failedAttempts)
  if (rows.standingByStepsOf.length > 0) await standAsSteps(tx, rows.standingByStepsOf)
}

const LOOK_UP_AFTER_PAUSE = '2 minutes'

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
