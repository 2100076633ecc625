import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import type { RunStatus } from '../db/generated/client'
import { runStatuses } from './statuses'

export type StatusCounts = Record<RunStatus, number>

/** How many runs there are in each status, of one function or of all; from the sums that triggers keep. */
export async function countRuns(actor: Pick<Actor, 'isOperator'>, functionId?: string): Promise<StatusCounts> {
  assertOperator(actor)
  const sums = await db().runCount.groupBy({
    by: ['status'],
    where: { status: { not: null }, ...(functionId ? { functionId } : {}) },
    _sum: { amount: true },
  })
  const counts = Object.fromEntries(runStatuses.map((status) => [status, 0])) as StatusCounts
  for (const { status, _sum } of sums) if (status) counts[status] = _sum.amount ?? 0
  return counts
}

/** What a function has before it, under way and behind it. */
export type JobCounts = {
  /** Sent events, and runs that the server holds, of which the app has seen no call. */
  waiting: number
  /** Under way: running, waiting for something, or between two attempts. */
  active: number
  /** Asleep, or triggered by an event of the future. */
  delayed: number
  completed: number
  failed: number
  cancelled: number
  total: number
}

/**
 * The counts of each function.
 * @param functionIds those to tell of even where there is nothing to count.
 * @param at business time: what is due later is delayed.
 */
export async function countJobs(functionIds: readonly string[], at: Date): Promise<Record<string, JobCounts>> {
  const [sums, future] = await db().$transaction(
    [
      db().runCount.groupBy({ by: ['functionId', 'status'], _sum: { amount: true }, orderBy: { functionId: 'asc' } }),
      db().awaitedRun.groupBy({
        by: ['functionId'],
        where: { dueAt: { gt: at } },
        _count: true,
        orderBy: { functionId: 'asc' },
      }),
    ],
    // Both at the same moment: a run that is seen between them would be taken away where it is no longer counted.
    { isolationLevel: 'RepeatableRead' },
  )
  const counts: Record<string, JobCounts> = {}
  const of = (id: string) => {
    counts[id] ??= { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0, cancelled: 0, total: 0 }
    return counts[id]
  }
  for (const id of [...functionIds].sort()) of(id)
  for (const { functionId, status, _sum } of sums) {
    const amount = _sum.amount ?? 0
    of(functionId)[columnOf(status)] += amount
    of(functionId).total += amount
  }
  for (const { functionId, _count } of future) {
    of(functionId).waiting -= _count
    of(functionId).delayed += _count
  }
  return counts
}

function columnOf(status: RunStatus | null): Exclude<keyof JobCounts, 'total'> {
  if (status === null || status === 'queued') return 'waiting'
  if (status === 'sleeping') return 'delayed'
  return status === 'completed' || status === 'failed' || status === 'cancelled' ? status : 'active'
}
