import { db } from '../db'
import { openStatuses } from '../runs/statuses'
import { GLOBAL_SCOPE } from './schedule'

/** How a schedule stands, as our tables tell. */
export type ScheduleStanding = {
  scheduleId: string
  /** Since when it has been as it is; null for one that nobody has noted yet. */
  since: Date | null
  /** Of a schedule for all: the last slot that was done or given up. */
  decidedSlot: Date | null
  /** When the latest of its runs began that came to a good end. */
  lastDoneAt: Date | null
  /** When the latest call was made of a run of it that has not ended yet. */
  calledAt: Date | null
}

/** Reads how schedules stand, in one query for all of them. */
export function readStandings(scheduleIds: readonly string[]): Promise<ScheduleStanding[]> {
  return db().$queryRaw<ScheduleStanding[]>`
    SELECT given."id" AS "scheduleId", known."since",
      (SELECT "slot" FROM "ScheduleSlot" WHERE "scheduleId" = given."id" AND "scope" = ${GLOBAL_SCOPE}
        ORDER BY "slot" DESC LIMIT 1) AS "decidedSlot",
      (SELECT "queuedAt" FROM "Run" WHERE "functionId" = given."id" AND "status" = 'completed'
        ORDER BY "queuedAt" DESC LIMIT 1) AS "lastDoneAt",
      (SELECT max("calledAt") FROM "Run" WHERE "functionId" = given."id" AND "status"::text = ANY (${[...openStatuses]})
        AND "status" <> 'completed') AS "calledAt"
    FROM unnest(${[...scheduleIds]}::text[]) AS given ("id")
    LEFT JOIN "KnownSchedule" AS known ON known."id" = given."id"`
}
