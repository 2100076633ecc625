import { type Actor, assertOperator } from '../auth/actor'
import type { Incident } from '../db/generated/client'
import { type GroupLine, listGroups } from '../dead-letters/list-dead-letters'
import { listOpenIncidents } from '../health/incidents'
import { type OutboxStanding, readOutboxStanding } from '../outbox/read-standing'
import { countRuns, type StatusCounts } from '../runs/count-runs'
import { findOldestWaiting, type WaitingWork } from '../runs/find-oldest-waiting'
import { type FunctionMeasures, measureFunctions } from '../runs/measure-functions'
import { readThroughput, type ThroughputBar, type ThroughputRange } from '../runs/read-throughput'
import { type LateSchedule, lateSchedules } from '../schedules/late-schedules'
import type { Schedule } from '../schedules/schedule'

/** How the work goes, at one look. */
export type Overview = {
  counts: StatusCounts
  throughput: ThroughputBar[]
  measures: FunctionMeasures[]
  waiting: WaitingWork | null
  outbox: OutboxStanding
  late: LateSchedule[]
  incidents: Incident[]
  /** Groups of open dead letters, the newest failures first. */
  groups: GroupLine[]
}

/**
 * Reads what the console's first page shows. Each of its questions is answered by an index or by kept sums, however many runs
 * there are.
 * @param at business time.
 */
export async function readOverview(
  actor: Pick<Actor, 'isOperator'>,
  asked: { functionIds: readonly string[]; schedules: readonly Schedule[]; range: ThroughputRange },
  at: Date,
): Promise<Overview> {
  assertOperator(actor)
  const [counts, throughput, measures, waiting, outbox, late, incidents, groups] = await Promise.all([
    countRuns(actor),
    readThroughput(actor, asked.range, at),
    measureFunctions(actor, asked.functionIds),
    findOldestWaiting(actor, at),
    readOutboxStanding(),
    lateSchedules(asked.schedules, at),
    listOpenIncidents(),
    listGroups(actor, 'open'),
  ])
  return { counts, throughput, measures, waiting, outbox, late, incidents, groups }
}
