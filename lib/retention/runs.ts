import { db } from '../db'
import type { RunStatus } from '../db/generated/enums'
import { env } from '../env'
import { hoursBefore, type Moment, type Removal } from './removal'

/** Runs that came to a good end, or were cancelled: those of the last hours, or the latest of each function. */
export const completedRuns: Removal = {
  kind: 'completed-runs',
  removeSome: (moment, most) => removeRuns(['completed', 'cancelled'], env().retention.completedRuns, moment, most),
}

export const failedRuns: Removal = {
  kind: 'failed-runs',
  removeSome: (moment, most) => removeRuns(['failed'], env().retention.failedRuns, moment, most),
}

type Boundary = { functionId: string; queuedAt: Date; id: string }

async function removeRuns(statuses: RunStatus[], kept: number, { at }: Moment, most: number): Promise<number> {
  const endedBefore = hoursBefore(at, env().retention.completedRunsHours)
  let removed = 0
  for (const boundary of await boundaries(statuses, kept))
    removed += await removeUpTo(boundary, { statuses, endedBefore, most })
  return removed
}

/** Of each function the newest run that is not among the latest ones. */
function boundaries(statuses: RunStatus[], kept: number): Promise<Boundary[]> {
  return db().$queryRaw<Boundary[]>`
    SELECT fn."functionId", boundary."queuedAt", boundary."id"
    FROM (SELECT DISTINCT "functionId" FROM "RunCount") AS fn
    CROSS JOIN LATERAL (
      SELECT "queuedAt", "id" FROM "Run"
      WHERE "functionId" = fn."functionId" AND "status" = ANY (${statuses}::"run_status"[])
      ORDER BY "queuedAt" DESC, "id" DESC OFFSET ${kept} LIMIT 1
    ) AS boundary`
}

/** Needed is the run of a dead letter and of its replays, and what a run that is open has invoked. */
function removeUpTo(
  { functionId, queuedAt, id }: Boundary,
  { statuses, endedBefore, most }: { statuses: RunStatus[]; endedBefore: Date; most: number },
): Promise<number> {
  return db().$executeRaw`
    DELETE FROM "Run" WHERE "id" IN (
      SELECT run."id" FROM "Run" AS run
      WHERE run."functionId" = ${functionId} AND (run."queuedAt", run."id") <= (${queuedAt}, ${id})
        AND run."status" = ANY (${statuses}::"run_status"[]) AND run."endedAt" < ${endedBefore}
        AND NOT EXISTS (SELECT 1 FROM "DeadLetter" AS letter WHERE letter."runId" = run."id")
        AND NOT EXISTS (SELECT 1 FROM "Replay" AS replay WHERE replay."runId" = run."id")
        AND NOT EXISTS (
          SELECT 1 FROM "Run" AS parent WHERE parent."id" = run."parentRunId" AND parent."endedAt" IS NULL
        )
      ORDER BY run."queuedAt", run."id" LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`
}
