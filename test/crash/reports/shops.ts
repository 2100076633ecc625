import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { addDays, type CalendarDate } from '@/lib/time/calendar-date'
import { instantOf, wallClockOf } from '@/lib/time/zoned-instant'

export type ReportedShop = { accountId: string; name: string; email: string }

/** One in which no clock is ever put on or back, and whose mornings are at a quarter past. */
const TIME_ZONE = 'Asia/Kathmandu'
const HOUR = 9

/** A morning, and the day that is reported then. */
export type Morning = { slot: Date; reported: CalendarDate }

/** The mornings after an instant, one after the other. */
export function* morningsAfter(instant: Date): Generator<Morning> {
  const { date } = wallClockOf(instant, TIME_ZONE)
  for (let day = addDays(date, 1); ; day = addDays(day, 1))
    yield { slot: instantOf({ date: day, hour: HOUR, minute: 0 }, TIME_ZONE), reported: addDays(day, -1) }
}

/** Shops by their rows, each with an owner of its own, which have nothing but daily reports, from the first morning on. */
export async function openReportedShops(db: pg.Client, count: number, first: Morning): Promise<ReportedShop[]> {
  const shops = Array.from({ length: count }, (_, n) => ({
    ...{ accountId: randomUUID(), name: `Corner Shop no. ${n}`, email: `owner-${n}@example.com` },
  }))
  const openedAt = new Date(first.slot.getTime() - 30 * 24 * 3_600_000)
  await db.query(
    `INSERT INTO "User" ("id", "name", "email", "updatedAt")
     SELECT email, 'Ann', email, $2 FROM jsonb_to_recordset($1::jsonb) AS shop (email text)`,
    [JSON.stringify(shops), openedAt],
  )
  await db.query(
    `INSERT INTO "Account" ("id", "ownerId", "name", "slug", "timeZone", "createdAt", "updatedAt")
     SELECT "accountId", email, name, "accountId", $3, $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS shop ("accountId" text, name text, email text)`,
    [JSON.stringify(shops), openedAt, TIME_ZONE],
  )
  await db.query(
    `UPDATE "ReportSchedule" SET "isOn" = "type" = 'daily', "decidedUpTo" = $1::timestamptz - interval '1 day', "lookAt" = $1`,
    [first.slot],
  )
  return shops
}
