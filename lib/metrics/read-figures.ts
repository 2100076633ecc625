import { db } from '../db'
import { LetterStatus } from '../db/generated/enums'
import { incidentKinds } from '../health/incident-kinds'
import { listOpenIncidents } from '../health/incidents'
import { orderStatuses } from '../orders/statuses'
import { readOutboxStanding } from '../outbox/read-standing'
import { lateSchedules } from '../schedules/late-schedules'
import type { Schedule } from '../schedules/schedule'
import type { ByLabel, Figures } from './figures'
import { readTimes } from './read-times'

export type FiguresView = {
  /** Those that are served; what is of any other counts as of `other`, so that no label has values without end. */
  functionIds: readonly string[]
  schedules: readonly Schedule[]
  /** Business time. */
  at: Date
  /** The machine's time. */
  realAt: Date
}

const DAY_MS = 24 * 3_600_000
const letterStatuses = Object.values(LetterStatus)

/** Reads everything that is told to whoever measures; each by an index, or from sums that are kept. */
export async function readFigures({ functionIds, schedules, at, realAt }: FiguresView): Promise<Figures> {
  const known = (id: string) => (functionIds.includes(id) ? id : 'other')
  const [outbox, runs, times, deadLetters, incidents, late, letters, orders] = await Promise.all([
    readOutboxStanding(),
    db().runCount.groupBy({ by: ['functionId', 'status'], _sum: { amount: true } }),
    readTimes(functionIds),
    db().deadLetter.groupBy({ by: ['functionId'], where: { status: 'open' }, _count: true }),
    listOpenIncidents(),
    lateSchedules(schedules, at),
    countLetters(realAt),
    countOrders(at),
  ])
  const { pending, oldestPendingAt, parked } = outbox
  return {
    outbox: { pending, parked, oldestPendingMs: oldestPendingAt ? Math.max(0, +realAt - +oldestPendingAt) : 0 },
    runs: runs.map(({ functionId, status, _sum }) => ({
      ...{ functionId: known(functionId), status: status ?? 'awaited', amount: _sum.amount ?? 0 },
    })),
    times,
    deadLettersOpen: deadLetters.map(({ functionId, _count }) => ({ functionId: known(functionId), amount: _count })),
    incidentsOpen: countBy(
      incidentKinds,
      incidents.map(({ kind }) => [kind, 1]),
    ),
    scheduleLateMs: Object.fromEntries(
      schedules.map(({ id }) => [id, late.find(({ scheduleId }) => scheduleId === id)?.lateMs ?? 0]),
    ),
    ...{ letters, orders },
  }
}

async function countLetters(realAt: Date): Promise<Figures['letters']> {
  const [undelivered, lastDay] = await Promise.all([
    db().letter.groupBy({ by: ['status'], where: { status: { not: 'sent' } }, _count: true }),
    db().letter.groupBy({ by: ['status'], where: { createdAt: { gt: dayBefore(realAt) } }, _count: true }),
  ])
  return {
    undelivered: countBy(
      letterStatuses.filter((status) => status !== 'sent'),
      undelivered.map(({ status, _count }) => [status, _count]),
    ),
    lastDay: countBy(
      letterStatuses,
      lastDay.map(({ status, _count }) => [status, _count]),
    ),
  }
}

async function countOrders(at: Date): Promise<Figures['orders']> {
  const underWay = ['awaitingCard', 'placed'] as const
  const [open, lastDay] = await Promise.all([
    db().order.groupBy({ by: ['status'], where: { status: { in: [...underWay] } }, _count: true }),
    db().order.groupBy({ by: ['status'], where: { createdAt: { gt: dayBefore(at) } }, _count: true }),
  ])
  return {
    underWay: countBy(
      underWay,
      open.map(({ status, _count }) => [status, _count]),
    ),
    lastDay: countBy(
      orderStatuses,
      lastDay.map(({ status, _count }) => [status, _count]),
    ),
  }
}

const dayBefore = (at: Date) => new Date(at.getTime() - DAY_MS)

/** Sums by label, with a zero for each that is known and has none; what is not known counts as `other`. Pure. */
export function countBy(labels: readonly string[], counts: readonly (readonly [label: string, n: number])[]): ByLabel {
  const sums: ByLabel = Object.fromEntries(labels.map((label) => [label, 0]))
  for (const [label, n] of counts) {
    const key = labels.includes(label) ? label : 'other'
    sums[key] = (sums[key] ?? 0) + n
  }
  return sums
}
