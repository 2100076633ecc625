import { schedules } from '@/inngest/schedules'
import { db } from '@/lib/db'
import { countDeadLetters, findGroup, listGroups } from '@/lib/dead-letters/list-dead-letters'
import { countJobs, countRuns } from '@/lib/runs/count-runs'
import { findOldestWaiting } from '@/lib/runs/find-oldest-waiting'
import { findRun, findStepValues } from '@/lib/runs/get-run'
import { listRuns, type RunFilter } from '@/lib/runs/list-runs'
import { measureFunctions } from '@/lib/runs/measure-functions'
import { readThroughput, throughputRanges } from '@/lib/runs/read-throughput'
import { runStatuses } from '@/lib/runs/statuses'
import { readSchedules } from '@/lib/schedules/read-schedules'
import { BUSY_RECORD, functionIds, RUNS, runIdOf, WIDE_RUN } from './load'

/** Something that a page asks of the ledger; with another value each time, where there are several. */
export type Question = { name: string; ask: (n: number) => Promise<unknown> }

const operator = { isOperator: true }
const list = (filter: RunFilter) => listRuns(operator, filter, new Date())
const oneOf = <T>(values: readonly T[], n: number) => values[n % values.length] as T
/** Spread over the ledger, old and new. */
const someRun = (n: number) => runIdOf(1 + ((n * 48_271) % (RUNS - 1)))
const someEvent = (n: number) => `event-${(n * 48_271) % (RUNS / 2)}`
const someOrder = (n: number) => String((n * 48_271) % Math.floor(RUNS / 3))

const listings: Question[] = [
  { name: 'first page', ask: () => list({}) },
  ...runStatuses.map((status) => ({ name: `status ${status}`, ask: () => list({ status }) })),
  ...functionIds.map((id) => ({ name: `function ${id}`, ask: () => list({ function: id }) })),
  { name: 'function and status', ask: (n) => list({ function: oneOf(functionIds, n), status: oneOf(runStatuses, n) }) },
  ...(['1h', '24h', '7d', '30d'] as const).map((within) => ({ name: `within ${within}`, ask: () => list({ within }) })),
  { name: 'within and status', ask: (n) => list({ within: '24h', status: oneOf(runStatuses, n) }) },
  { name: 'search: run id', ask: (n) => list({ search: someRun(n) }) },
  { name: 'search: event id', ask: (n) => list({ search: someEvent(n) }) },
  { name: 'search: record', ask: (n) => list({ search: `order/${someOrder(n)}` }) },
  { name: 'search: a record’s id alone', ask: (n) => list({ search: someOrder(n) }) },
  { name: 'search: busy record', ask: () => list({ search: BUSY_RECORD }) },
  { name: 'search: busy record, by status', ask: (n) => list({ search: BUSY_RECORD, status: oneOf(runStatuses, n) }) },
  { name: 'search: nothing fits', ask: () => list({ search: `'; DROP TABLE "Run" --` }) },
]

/** @param cursors spread over the ledger. */
const deepPages = (cursors: string[]): Question[] => [
  { name: 'deep page', ask: (n) => list({ cursor: oneOf(cursors, n) }) },
  { name: 'deep page, by status', ask: (n) => list({ cursor: oneOf(cursors, n), status: oneOf(runStatuses, n) }) },
  { name: 'deep page, by function', ask: (n) => list({ cursor: oneOf(cursors, n), function: oneOf(functionIds, n) }) },
  { name: 'deep page, busy record', ask: (n) => list({ cursor: oneOf(cursors, n), search: BUSY_RECORD }) },
]

const sums: Question[] = [
  { name: 'counts of the tabs', ask: () => countRuns(operator) },
  { name: 'counts of a function', ask: (n) => countRuns(operator, oneOf(functionIds, n)) },
  { name: 'job metrics', ask: () => countJobs(functionIds, new Date()) },
  { name: 'function measures', ask: () => measureFunctions(operator, functionIds) },
  { name: 'oldest waiting work', ask: () => findOldestWaiting(operator, new Date()) },
  { name: 'the schedules', ask: () => readSchedules(operator, schedules, new Date()) },
  ...throughputRanges.map((range) => ({
    name: `throughput of a ${range}`,
    ask: () => readThroughput(operator, range, new Date()),
  })),
]

const single = (stepId: string): Question[] => [
  { name: 'a run', ask: (n) => findRun(operator, someRun(n)) },
  { name: 'a run of 1,000 steps', ask: () => findRun(operator, WIDE_RUN) },
  { name: 'a step’s values', ask: () => findStepValues(operator, WIDE_RUN, stepId) },
]

const deadLetters: Question[] = [
  { name: 'dead letters: groups', ask: () => listGroups(operator, 'open') },
  { name: 'dead letters: counts', ask: () => countDeadLetters(operator) },
  { name: 'dead letters: one group', ask: (n) => findGroup(operator, groupOf(n), { status: 'open' }) },
]

const groupOf = (n: number) => `group-${oneOf(functionIds, n)}`

/** Everything that the console's pages ask of a ledger that `loadLedger` has filled. */
export async function prepareQuestions(): Promise<Question[]> {
  const ids = Array.from({ length: 40 }, (_, i) => runIdOf(1 + i * Math.floor(RUNS / 40)))
  const runs = await db().run.findMany({ where: { id: { in: ids } }, select: { id: true, queuedAt: true } })
  const cursors = runs.map(({ id, queuedAt }) => `${queuedAt.getTime()}_${id}`)
  const { id: stepId } = await db().runStep.findFirstOrThrow({ where: { runId: WIDE_RUN }, select: { id: true } })
  return [...listings, ...deepPages(cursors), ...sums, ...single(stepId), ...deadLetters]
}
