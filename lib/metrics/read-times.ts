import { db } from '../db'
import type { FunctionTimes } from './figures'

const LATEST = 200

/** Of each function, how long its latest 200 ended runs took and had waited before, in one query. */
export function readTimes(functionIds: readonly string[]): Promise<FunctionTimes[]> {
  return db().$queryRaw<FunctionTimes[]>`
    SELECT given."id" AS "functionId", measured.*
    FROM unnest(${[...functionIds]}::text[]) AS given ("id")
    CROSS JOIN LATERAL (
      SELECT
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "ms") AS "durationP50Ms",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY "ms") AS "durationP95Ms",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "waitMs") AS "waitP50Ms",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY "waitMs") AS "waitP95Ms"
      FROM (
        SELECT (extract(epoch FROM "endedAt" - "startedAt") * 1000)::float8 AS "ms",
          (extract(epoch FROM "startedAt" - "queuedAt") * 1000)::float8 AS "waitMs"
        FROM "Run" WHERE "functionId" = given."id" AND "endedAt" IS NOT NULL AND "startedAt" IS NOT NULL
        ORDER BY "queuedAt" DESC, "id" DESC LIMIT ${LATEST}
      ) AS latest
    ) AS measured`
}
