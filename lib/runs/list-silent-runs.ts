import { db } from '../db'

/** Open runs of a function that should have had news. */
export type SilentRuns = {
  functionId: string
  amount: number
  /** When the first of them had its last news, or should have gone on. */
  since: Date
}

export type SilenceLimits = {
  /** Of runs and events that nobody has called for since. */
  queuedBefore: Date
  /** Of runs whose call began then. */
  calledBefore: Date
  /** Of sleeps, waits and retries that were over then. */
  dueBefore: Date
}

/** The runs that have been silent for longer than they may be, by function. */
export function listSilentRuns({ queuedBefore, calledBefore, dueBefore }: SilenceLimits): Promise<SilentRuns[]> {
  return db().$queryRaw<SilentRuns[]>`
    SELECT "functionId", count(*)::int AS "amount", min("since") AS "since" FROM (
      SELECT "functionId", "queuedAt" AS "since" FROM "Run" WHERE "status" = 'queued' AND "queuedAt" < ${queuedBefore}
      UNION ALL
      SELECT "functionId", "calledAt" FROM "Run" WHERE "status" = 'running' AND "calledAt" < ${calledBefore}
      UNION ALL
      SELECT "functionId", "until" FROM "Run"
      WHERE "status" IN ('sleeping', 'waiting', 'retrying') AND "until" < ${dueBefore}
      UNION ALL
      SELECT "functionId", "dueAt" FROM "AwaitedRun" WHERE "dueAt" < ${queuedBefore}
    ) AS silent
    GROUP BY "functionId" ORDER BY "functionId"`
}
