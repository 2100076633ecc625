import type { Actor } from '../auth/actor'
import { db } from '../db'
import { startOfDay } from '../time/zoned-day'

/** The orders for which a card was given in a while, and what of them is confirmed, in minor units of the shop's currency. */
export type Takings = { from: Date; orders: number; revenueMinor: number }

export type RecentTakings = {
  today: Takings
  /** The same day a week before: as much of it as of today has gone by. */
  weekAgo: Takings
  /** The last seven days, each whole, oldest first; today is the last. With the same day a week before. */
  days: (Takings & { before: Takings })[]
}

type Span = { from: Date; to: Date }
type Row = { place: number; orders: number; revenueMinor: bigint }

const DAYS = 7

/**
 * What the actor's shop has taken today and in the days before, by the days of its own zone. What was given back is not
 * counted; nor is what was paid in another currency than the shop's.
 * @param now business time.
 */
export async function readTakings({ account }: Pick<Actor, 'account'>, now: Date): Promise<RecentTakings> {
  const spans = spansOf(now, account.timeZone)
  const rows = await db().$queryRaw<Row[]>`
    SELECT span.place, count("Order"."id")::int AS "orders",
      coalesce(sum("totalMinor" - coalesce("refundedMinor", 0)) FILTER (
        WHERE "Order"."status" = 'confirmed' AND "Order"."currency" = ${account.currency}
      ), 0) AS "revenueMinor"
    FROM jsonb_to_recordset(${JSON.stringify(spans.map((span, place) => ({ ...span, place })))}::jsonb)
      AS span (place int, "from" timestamptz, "to" timestamptz)
    LEFT JOIN "Order" ON "accountId" = ${account.id} AND "placedAt" >= span."from" AND "placedAt" < span."to"
    LEFT JOIN "Payment" ON "orderId" = "Order"."id" AND "refundedMinor" > 0
    GROUP BY span.place`
  const found = new Map(rows.map((row) => [row.place, row]))
  const takings = spans.map(({ from }, place): Takings => {
    const { orders = 0, revenueMinor = 0 } = found.get(place) ?? {}
    return { from, orders, revenueMinor: Number(revenueMinor) }
  })
  const [today, weekAgo, ...days] = takings as [Takings, Takings, ...Takings[]]
  const before = days.slice(0, DAYS)
  return { today, weekAgo, days: days.slice(DAYS).map((day, i) => ({ ...day, before: before[i] as Takings })) }
}

/** Today, as much of the day a week before, and fourteen whole days, oldest first. */
function spansOf(now: Date, timeZone: string): Span[] {
  const start = (daysBefore: number) => startOfDay(now, timeZone, daysBefore)
  const today = { from: start(0), to: new Date(now.getTime() + 1) }
  const passedMs = today.to.getTime() - today.from.getTime()
  // A day on which the clocks are put back is longer than the one a week before.
  const weekAgo = {
    from: start(DAYS),
    to: new Date(Math.min(start(DAYS).getTime() + passedMs, start(DAYS - 1).getTime())),
  }
  const whole = Array.from({ length: 2 * DAYS }, (_, i) => {
    const daysBefore = 2 * DAYS - 1 - i
    return { from: start(daysBefore), to: start(daysBefore - 1) }
  })
  return [today, weekAgo, ...whole]
}
