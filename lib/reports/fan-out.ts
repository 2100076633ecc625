import { db, type Tx } from '../db'
import { log } from '../log'
import type { ScheduledReport } from './make-reports'
import { type OwedSlots, owedSlots, planFrom, type SlotPlan } from './plan-slots'
import { type ReportType, reportSchedules } from './report-schedules'

/** Accounts that one page takes, and events that one send takes. */
const PAGE_SIZE = 500

export type ReportEvent = { id: string; name: 'report/scheduled'; data: ScheduledReport }

export type PageDone = { accounts: number; events: number; isLast: boolean }

type Row = {
  accountId: string
  isActive: boolean
  timeZone: string
  hour: number
  decidedUpTo: Date
  lookAt: Date
  createdAt: Date
}

type Planned = { row: Row; plan: SlotPlan | null }

/** How many accounts are to be looked at: what one index tells. */
export function countDueAccounts(type: ReportType, now: Date): Promise<number> {
  return db().reportSchedule.count({ where: { type, isOn: true, lookAt: { lte: now } } })
}

/**
 * Looks at the accounts that are due, as many as fit in a page: sends one event for each report that they owe, and then
 * writes down what was decided. Whatever dies in between, the next look sends the same events under the same ids. Asked for
 * page by page, it comes to an end: whoever was looked at is due again only later.
 * @param send hands events to the server, all or none.
 */
export async function fanOutPage(
  type: ReportType,
  now: Date,
  send: (events: ReportEvent[]) => Promise<unknown>,
): Promise<PageDone> {
  const rows = await dueRows(type, now)
  const planned = planAll(type, rows, now)
  const events = planned.flatMap(({ row, plan }) => eventsOf(type, row.accountId, plan))
  if (events.length > 0) await send(events)
  await db().$transaction(async (tx) => {
    await writeSlots(tx, type, planned, now)
    await moveOn(tx, type, planned, now)
  })
  return { accounts: rows.length, events: events.length, isLast: rows.length < PAGE_SIZE }
}

function dueRows(type: ReportType, now: Date): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT schedule."accountId", account."isActive", account."timeZone", account."reportHour" AS "hour",
      schedule."decidedUpTo", schedule."lookAt", account."createdAt"
    FROM "ReportSchedule" AS schedule JOIN "Account" AS account ON account."id" = schedule."accountId"
    WHERE schedule."type" = ${type}::"report_type" AND schedule."isOn" AND schedule."lookAt" <= ${now}
    ORDER BY schedule."lookAt", schedule."accountId" LIMIT ${PAGE_SIZE}`
}

/** Null for a closed account. */
function planAll(type: ReportType, rows: readonly Row[], now: Date): Planned[] {
  const known = new Map<string, OwedSlots>()
  return rows.map((row) => {
    if (!row.isActive) return { row, plan: null }
    const key = [row.timeZone, row.hour, row.decidedUpTo.getTime()].join()
    const owed = known.get(key) ?? owedBy(type, row, now)
    known.set(key, owed)
    return { row, plan: planFrom(owed, row) }
  })
}

/** One whose zone nobody knows has its reports by UTC, and they tell what is wrong. */
function owedBy(type: ReportType, row: Row, now: Date): OwedSlots {
  try {
    return owedSlots(type, row, now)
  } catch (error) {
    log.warn({ err: error, accountId: row.accountId }, 'an account’s time zone is not known')
    return owedSlots(type, { ...row, timeZone: 'UTC' }, now)
  }
}

function eventsOf(type: ReportType, accountId: string, plan: SlotPlan | null): ReportEvent[] {
  return (plan?.due ?? []).map(({ period }) => ({
    id: reportEventId({ accountId, type, startDate: period.startDate }),
    name: 'report/scheduled',
    data: { accountId, type, ...period, single: false },
  }))
}

type Fact = Pick<ScheduledReport, 'accountId' | 'type' | 'startDate' | 'requestId'>

/** The id of the event that a report is due, from the business fact; one that is made anew is another fact. */
export function reportEventId({ accountId, type, startDate, requestId }: Fact): string {
  return ['report', accountId, type, startDate, ...(requestId ? [requestId] : [])].join('/')
}

async function writeSlots(tx: Tx, type: ReportType, planned: readonly Planned[], now: Date): Promise<void> {
  const slots = planned.flatMap(({ row, plan }) => {
    const slot = (at: Date, status: 'done' | 'skipped', outcome: string) => ({
      ...{ scope: row.accountId, slot: at, status, outcome, lateMs: now.getTime() - at.getTime() },
    })
    return [
      ...(plan?.due ?? []).map(({ slot: at, period }) => slot(at, 'done', `report of ${period.startDate}`)),
      ...(plan?.skipped ?? []).map((at) => slot(at, 'skipped', 'nobody was there')),
      ...(plan?.empty ?? []).map((at) => slot(at, 'done', 'there was no shop yet')),
    ]
  })
  if (slots.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "ScheduleSlot" ("scheduleId", "scope", "slot", "status", "decidedAt", "lateMs", "outcome")
    SELECT ${reportSchedules[type].scheduleId}, "scope", "slot", "status"::"schedule_slot_status", ${now}, "lateMs", "outcome"
    FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb)
      AS decided ("scope" text, "slot" timestamptz, "status" text, "lateMs" bigint, "outcome" text)
    ON CONFLICT DO NOTHING`
}

/** An account whose settings were changed meanwhile is looked at anew. */
async function moveOn(tx: Tx, type: ReportType, planned: readonly Planned[], now: Date): Promise<void> {
  const rows = planned.map(({ row, plan }) => ({
    accountId: row.accountId,
    seen: row.lookAt,
    next: plan?.lookAt ?? null,
  }))
  await tx.$executeRaw`
    UPDATE "ReportSchedule" AS schedule SET "lookAt" = looked."next", "decidedUpTo" = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS looked ("accountId" text, "seen" timestamptz, "next" timestamptz)
    WHERE schedule."accountId" = looked."accountId" AND schedule."type" = ${type}::"report_type"
      AND schedule."lookAt" = looked."seen"`
}
