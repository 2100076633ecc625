import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import type { RunStatus } from '../db/generated/client'
import type { Progress } from '../runs/notes'
import { type LateSchedule, lateSchedules } from './late-schedules'
import type { Schedule } from './schedule'
import { lastSlotUpTo, nextSlots } from './slots'

/** The event by which an operator has a schedule's function run now. */
const BY_HAND = 'schedule/run-requested'
const SHOWN_SLOTS = 5

/** A run of a schedule's function. */
export type ScheduleRun = {
  id: string
  status: RunStatus
  /** An operator asked for it; else it was a tick, or a dead letter's replay. */
  isByHand: boolean
  queuedAt: Date
  startedAt: Date | null
  progress: Progress | null
}

export type ScheduleLine = {
  schedule: Schedule
  /** The next five, soonest first; of a schedule for each account, by the zone that accounts have by default. */
  next: Date[]
  /** The latest run of its function. */
  lastRun: ScheduleRun | null
  /** The latest run that told how far it has come: a fan-out has nobody to ask at most of its ticks. */
  fanOut: ScheduleRun | null
  /** How long after its slot the latest work began; null where nobody can tell, as of a run by hand. */
  lateMs: number | null
  /** The slot that should have been done by now, and was not. */
  late: LateSchedule | null
}

/**
 * Each schedule with what comes next, and how it went last.
 * @param at business time.
 */
export async function readSchedules(
  actor: Pick<Actor, 'isOperator'>,
  schedules: readonly Schedule[],
  at: Date,
): Promise<ScheduleLine[]> {
  assertOperator(actor)
  const ids = schedules.map(({ id }) => id)
  const [lastRuns, fanOuts, slots, late] = await Promise.all([
    readLastRuns(ids),
    readFanOuts(schedules.filter(({ scope }) => scope === 'account').map(({ id }) => id)),
    readLastSlots(ids),
    lateSchedules(schedules, at),
  ])
  return schedules.map((schedule) => {
    const lastRun = lastRuns.find(({ scheduleId }) => scheduleId === schedule.id) ?? null
    const slot = slots.find(({ scheduleId }) => scheduleId === schedule.id)
    return {
      schedule,
      next: nextSlots(schedule.rhythm, schedule.timeZone, at, SHOWN_SLOTS),
      lastRun,
      fanOut: fanOuts.find(({ scheduleId }) => scheduleId === schedule.id) ?? null,
      lateMs: schedule.scope === 'account' ? (slot ? Number(slot.lateMs) : null) : latenessOf(schedule, lastRun),
      late: late.find(({ scheduleId }) => scheduleId === schedule.id) ?? null,
    }
  })
}

/**
 * How long after its slot a run of a schedule for all began, in milliseconds; null for one by hand, and before it began. Pure.
 */
export function latenessOf(
  { rhythm, timeZone }: Pick<Schedule, 'rhythm' | 'timeZone'>,
  run: Pick<ScheduleRun, 'isByHand' | 'startedAt'> | null,
): number | null {
  if (!run?.startedAt || run.isByHand) return null
  return run.startedAt.getTime() - lastSlotUpTo(rhythm, timeZone, run.startedAt).getTime()
}

type Found = ScheduleRun & { scheduleId: string }

function readLastRuns(ids: string[]): Promise<Found[]> {
  return db().$queryRaw<Found[]>`
    SELECT given."id" AS "scheduleId", last.*
    FROM unnest(${ids}::text[]) AS given ("id")
    CROSS JOIN LATERAL (
      SELECT "id", "status"::text, "eventName" = ${BY_HAND} AS "isByHand", "queuedAt", "startedAt", "progress"
      FROM "Run" WHERE "functionId" = given."id" ORDER BY "queuedAt" DESC, "id" DESC LIMIT 1
    ) AS last`
}

/** Of so many runs the one with progress is looked for: as many of a function stay in the ledger, however old they are. */
const MOST_TICKS = 1_000

function readFanOuts(ids: string[]): Promise<Found[]> {
  return db().$queryRaw<Found[]>`
    SELECT given."id" AS "scheduleId", last.*
    FROM unnest(${ids}::text[]) AS given ("id")
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT "id", "status"::text, "eventName" = ${BY_HAND} AS "isByHand", "queuedAt", "startedAt", "progress"
        FROM "Run" WHERE "functionId" = given."id" ORDER BY "queuedAt" DESC, "id" DESC LIMIT ${MOST_TICKS}
      ) AS latest WHERE "progress" IS NOT NULL LIMIT 1
    ) AS last`
}

function readLastSlots(ids: string[]): Promise<{ scheduleId: string; lateMs: bigint }[]> {
  return db().$queryRaw<{ scheduleId: string; lateMs: bigint }[]>`
    SELECT given."id" AS "scheduleId", last."lateMs"
    FROM unnest(${ids}::text[]) AS given ("id")
    CROSS JOIN LATERAL (
      SELECT "lateMs" FROM "ScheduleSlot" WHERE "scheduleId" = given."id" AND "status" = 'done' ORDER BY "slot" DESC LIMIT 1
    ) AS last`
}
