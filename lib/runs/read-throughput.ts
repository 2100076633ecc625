import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import { env } from '../env'

export const throughputRanges = ['hour', 'day', 'week'] as const
export type ThroughputRange = (typeof throughputRanges)[number]

type Counts = { completed: number; failed: number; cancelled: number }
/** How many runs ended in a stretch of time, which begins at an instant. */
export type ThroughputBar = Counts & { from: Date }

const MINUTE_MS = 60_000
/** In how many bars of how many minutes a range is told. */
const shapes = {
  hour: { bars: 60, minutes: 1 },
  day: { bars: 48, minutes: 30 },
  week: { bars: 28, minutes: 360 },
} as const satisfies Record<ThroughputRange, { bars: number; minutes: number }>

/** How long a bar of a range is, in milliseconds. */
export const barMsOf = (range: ThroughputRange) => shapes[range].minutes * MINUTE_MS

/** What has ended longer ago than that stands in the ledger. */
const SETTLED_MINUTES = 5
/** All is read anew so often, whatever was written late; real time. */
const FORGET_AFTER_MS = 3_600_000

/** Minutes by their number since 1970, from one up to another, that are counted for good. */
type Counted = { from: number; upTo: number; minutes: Map<number, Counts>; since: number; databaseUrl: string }

// On globalThis: a page and its reload may have module instances of their own.
const shared = globalThis as typeof globalThis & { backroomThroughput?: Counted }

/**
 * How many runs ended over an hour, a day or a week, a bar each, oldest first; the last one is still filling. Minutes that are
 * over are counted once, so that with a million runs in the ledger a look costs no more than its last minutes.
 * @param at business time.
 */
export async function readThroughput(
  actor: Pick<Actor, 'isOperator'>,
  range: ThroughputRange,
  at: Date,
): Promise<ThroughputBar[]> {
  assertOperator(actor)
  const { bars, minutes } = shapes[range]
  const nowMinute = Math.floor(at.getTime() / MINUTE_MS)
  const first = (Math.floor(nowMinute / minutes) - bars + 1) * minutes
  const counted = await countedFrom(first, nowMinute - SETTLED_MINUTES)
  const recent = await countMinutes(counted.upTo, nowMinute + 1)
  return Array.from({ length: bars }, (_, n) => {
    const from = first + n * minutes
    const bar = { from: new Date(from * MINUTE_MS), completed: 0, failed: 0, cancelled: 0 }
    for (let minute = from; minute < from + minutes; minute++)
      add(bar, counted.minutes.get(minute) ?? recent.get(minute))
    return bar
  })
}

function add(sum: Counts, more: Counts | undefined): void {
  if (!more) return
  sum.completed += more.completed
  sum.failed += more.failed
  sum.cancelled += more.cancelled
}

/** Sees to it that all minutes between two are counted. */
async function countedFrom(first: number, upTo: number): Promise<Counted> {
  const counted = known(first, upTo)
  const [earlier, later] = [await countMinutes(first, counted.from), await countMinutes(counted.upTo, upTo)]
  for (const [minute, counts] of [...earlier, ...later]) counted.minutes.set(minute, counts)
  counted.from = Math.min(counted.from, first)
  counted.upTo = Math.max(counted.upTo, upTo)
  return counted
}

/** What is counted already, where that is of use. */
function known(first: number, upTo: number): Counted {
  const [before, databaseUrl] = [shared.backroomThroughput, env().databaseUrl]
  const isOfUse =
    before?.databaseUrl === databaseUrl &&
    before.upTo >= first &&
    before.upTo <= upTo &&
    Date.now() - before.since < FORGET_AFTER_MS
  const counted = before && isOfUse ? before : { from: upTo, upTo, minutes: new Map(), since: Date.now(), databaseUrl }
  shared.backroomThroughput = counted
  return counted
}

async function countMinutes(from: number, upTo: number): Promise<Map<number, Counts>> {
  if (from >= upTo) return new Map()
  const rows = await db().$queryRaw<(Counts & { minute: number })[]>`
    SELECT floor(extract(epoch FROM "endedAt") / 60)::int AS "minute",
      count(*) FILTER (WHERE "status" = 'completed')::int AS "completed",
      count(*) FILTER (WHERE "status" = 'failed')::int AS "failed",
      count(*) FILTER (WHERE "status" = 'cancelled')::int AS "cancelled"
    FROM "Run"
    WHERE "endedAt" >= ${new Date(from * MINUTE_MS)} AND "endedAt" < ${new Date(upTo * MINUTE_MS)}
    GROUP BY 1`
  return new Map(rows.map(({ minute, ...counts }) => [minute, counts]))
}
