import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'

/**
 * How a function's latest runs went. Durations are from a run's first call to its end, its sleeps included; a wait is from
 * when it could have begun to that call.
 */
export type FunctionMeasures = {
  functionId: string
  ended: number
  completed: number
  failed: number
  medianMs: number | null
  p95Ms: number | null
  medianWaitMs: number | null
  p95WaitMs: number | null
  lastEndedAt: Date | null
}

const LATEST = 200

/** Of each function its latest 200 ended runs, in one query. */
export function measureFunctions(
  actor: Pick<Actor, 'isOperator'>,
  functionIds: readonly string[],
): Promise<FunctionMeasures[]> {
  assertOperator(actor)
  return db().$queryRaw<FunctionMeasures[]>`
    SELECT given."id" AS "functionId", measured.*
    FROM unnest(${functionIds}::text[]) AS given ("id")
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "ended", count(*) FILTER (WHERE "status" = 'completed')::int AS "completed",
        count(*) FILTER (WHERE "status" = 'failed')::int AS "failed",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "ms") AS "medianMs",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY "ms") AS "p95Ms",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "waitMs") AS "medianWaitMs",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY "waitMs") AS "p95WaitMs", max("endedAt") AS "lastEndedAt"
      FROM (
        SELECT "status", "endedAt", (extract(epoch FROM "endedAt" - "startedAt") * 1000)::float8 AS "ms",
          (extract(epoch FROM "startedAt" - "queuedAt") * 1000)::float8 AS "waitMs"
        FROM "Run" WHERE "functionId" = given."id" AND "endedAt" IS NOT NULL
        ORDER BY "queuedAt" DESC, "id" DESC LIMIT ${LATEST}
      ) AS latest
    ) AS measured`
}
