import { randomUUID } from 'node:crypto'
import { addDays } from '../../lib/time/calendar-date'
import { instantOf, wallClockOf } from '../../lib/time/zoned-instant'
import type { Books } from './books'
import type { Client } from './client'
import { type Fact, fact } from './fact'
import type { Teller } from './teller'

const SHOPS = 50
const ZONES = { 'America/New_York': 'New York', 'Europe/London': 'London', 'Asia/Kathmandu': 'Kathmandu' } as const
type Zone = keyof typeof ZONES
const zones = Object.keys(ZONES) as Zone[]

const HOUR = 9
const MINUTE_MS = 60_000

type Shop = { accountId: string; name: string; email: string; timeZone: Zone }

/** Fifty shops open, and each gets its first report when it becomes nine where it is. */
export async function reportMorning(client: Client, books: Books, teller: Teller): Promise<Shop[]> {
  const now = await client.now()
  const shops = shopsOf(SHOPS)
  await teller.during(`${SHOPS} shops open, in ${Object.values(ZONES).join(', ')}`, () => open(books, shops, now))
  const mornings = zones.map((zone) => ({ zone, at: firstMorning(zone, now) }))
  for (const { zone, at } of mornings.sort((a, b) => a.at.getTime() - b.at.getTime()))
    await teller.during(`It becomes nine in ${ZONES[zone]}, and its shops get their reports`, () =>
      client.moveTo(new Date(at.getTime() + MINUTE_MS)),
    )
  return shops
}

function shopsOf(count: number): Shop[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ accountId: randomUUID(), name: `Corner Shop no. ${n + 1}`, email: `corner-${n + 1}@example.com` },
    timeZone: zones[n % zones.length] as Zone,
  }))
}

/** By their rows, without fifty passwords to be hashed; and of the reports the daily one alone, whatever day it is. */
async function open(books: Books, shops: Shop[], now: Date): Promise<void> {
  const given = JSON.stringify(shops)
  await books.rows(
    `INSERT INTO "User" (id, name, email, "createdAt", "updatedAt")
     SELECT email, 'Ann', email, $2, $2 FROM jsonb_to_recordset($1::jsonb) AS shop (email text)`,
    [given, now],
  )
  await books.rows(
    `INSERT INTO "Account" (id, "ownerId", name, slug, "timeZone", "createdAt", "updatedAt")
     SELECT "accountId", email, name, "accountId", "timeZone", $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS shop ("accountId" text, name text, email text, "timeZone" text)`,
    [given, now],
  )
  await books.rows(`UPDATE "ReportSchedule" SET "isOn" = false WHERE type <> 'daily' AND "accountId" = ANY ($1)`, [
    shops.map(({ accountId }) => accountId),
  ])
}

/** Of a day on which there was the shop already. */
const firstMorning = (zone: Zone, now: Date) =>
  instantOf({ date: addDays(wallClockOf(now, zone).date, 1), hour: HOUR, minute: 0 }, zone)

/** Who has got what, and when that was by the clocks of each shop, as the database reckons them. */
export async function checkMorning(client: Client, books: Books, shops: Shop[]): Promise<Fact[]> {
  const ids = shops.map(({ accountId }) => accountId)
  const letters = await client.lettersTo(shops.map(({ email }) => email))
  const perZone = Object.fromEntries(zones.map((zone) => [zone, shops.filter((shop) => shop.timeZone === zone).length]))
  return [
    fact('Reports made at 09:00 of the shop’s own clock, by zone', perZone, await books.counts(ON_TIME, [ids])),
    fact('Shops of the morning with one report', SHOPS, await books.value(WITH_ONE, [ids])),
    fact('Shops of the morning with one letter', SHOPS, letters.filter((n) => n === 1).length),
  ]
}

const ON_TIME = `
  SELECT account."timeZone" AS name, count(*)::int AS n
  FROM "Report" AS report JOIN "Account" AS account ON account.id = report."accountId"
  WHERE account.id = ANY ($1) AND to_char("madeAt" AT TIME ZONE account."timeZone", 'HH24:MI') = '09:00'
    AND "startDate" = ("madeAt" AT TIME ZONE account."timeZone")::date - 1
  GROUP BY 1 ORDER BY 1`

const WITH_ONE = `
  SELECT count(*)::int FROM unnest($1::text[]) AS shop(id)
  WHERE (SELECT count(*) FROM "Report" WHERE "accountId" = shop.id) = 1`
