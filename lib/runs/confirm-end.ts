import { ledgerDb } from '../db'
import { businessRecordOf } from './business-record'
import { keptError, keptValue } from './kept-value'
import { tellRuns } from './tell'
import { keptEvent, parentOf, type TriggerEvent } from './trigger-event'

/** How a run has ended, as the server itself tells. */
export type ConfirmedEnd = {
  runId: string
  functionId: string
  status: 'completed' | 'failed' | 'cancelled'
  endedAt: Date
  output?: unknown
  error?: unknown
  /** What triggered it, where the server tells; for a run of which the app has never seen a call. */
  events?: TriggerEvent[]
}

/**
 * Writes a run's end as the server tells it: it stands above all that the app has seen, and stays. A run that the
 * ledger doesn't know is added to it. Safe to repeat.
 */
export async function confirmEnd(end: ConfirmedEnd): Promise<void> {
  const { runId, functionId, status, endedAt, events = [] } = end
  const [first] = events
  const kept = JSON.stringify(events.map(keptEvent))
  const parent = first ? parentOf(first) : null
  const output = end.output === undefined ? null : JSON.stringify(keptValue(end.output))
  const error = end.error === undefined ? null : JSON.stringify(keptError(end.error))
  const queuedAt = first?.ts ? new Date(Math.min(first.ts, endedAt.getTime())) : endedAt
  await ledgerDb().$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Run" AS run (
        "id", "functionId", "status", "eventId", "eventName", "events", "record", "parentRunId", "parentStepId", "output",
        "error", "queuedAt", "endedAt", "calledAt", "isConfirmed"
      )
      VALUES (
        ${runId}, ${functionId}, ${status}::"run_status", ${first?.id ?? ''}, ${first?.name ?? ''}, ${kept}::jsonb,
        ${first ? businessRecordOf(first) : null}, ${parent?.runId ?? null}, ${parent?.stepId ?? null}, ${output}::jsonb,
        ${error}::jsonb, ${queuedAt}, ${endedAt}, ${queuedAt}, true
      )
      ON CONFLICT ("id") DO UPDATE SET
        "status" = excluded."status", "until" = NULL, "lookUpAt" = NULL, "isConfirmed" = true,
        "output" = CASE WHEN excluded."status" = 'completed' THEN coalesce(excluded."output", run."output") END,
        "error" = CASE WHEN excluded."status" = 'completed' THEN NULL ELSE coalesce(run."error", excluded."error") END,
        "endedAt" = CASE WHEN run."status" = excluded."status" THEN run."endedAt" ELSE excluded."endedAt" END
      WHERE NOT run."isConfirmed"`
    for (const { id } of events)
      if (id) await tx.$executeRaw`DELETE FROM "AwaitedRun" WHERE "eventId" = ${id} AND "functionId" = ${functionId}`
    await tellRuns(tx, [runId])
  })
}
