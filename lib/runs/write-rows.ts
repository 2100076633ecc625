import type { Prisma } from '../db'
import type { Rows } from './fold'
import { writeStepRows } from './write-step-rows'

type Tx = Pick<Prisma.TransactionClient, '$executeRaw'>

/** Each statement takes all of its rows as one JSON text, in the order of their keys: so writers never wait in a ring. */
const json = (rows: object[]) => JSON.stringify(rows)

/** Writes a folded batch in the caller's transaction: a statement for each table that it has news for. */
export async function writeRows(tx: Tx, rows: Rows): Promise<void> {
  if (rows.runs.length > 0 && (await writeRuns(tx, rows.runs)) < rows.runs.length)
    await completeConfirmed(tx, rows.runs)
  if (rows.runs.length > 0) await seeAwaited(tx, rows.runs)
  if (rows.awaited.length > 0) await writeAwaited(tx, rows.awaited)
  await writeStepRows(tx, rows)
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
    "parentStepId" = given."parentStepId", "eventId" = given."eventId", "eventName" = given."eventName",
    "events" = given."events", "queuedAt" = given."queuedAt", "record" = given."record"
  FROM jsonb_to_recordset(${json(runs)}::jsonb) AS given (
    "runId" text, "startedAt" timestamptz, "attempt" int, "parentRunId" text, "parentStepId" text, "eventId" text,
    "eventName" text, "events" jsonb, "queuedAt" timestamptz, "record" text
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
