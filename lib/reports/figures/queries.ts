import { db, Prisma } from '../../db'

/** What is asked for one account. An instant begins what it stands for; the last one of each list is the end. */
export type Asked = {
  /** By which the answer is known. */
  place: number
  accountId: string
  currency: string
  /** The days that takings are told of, each; as ISO text, since it is written out for many accounts. */
  days: string[]
  /** The period before, and the period. */
  parts: string[]
  /** By which the report of the period before is found. */
  type: string
  startDateBefore: string
  endDateBefore: string
}

/** All that is asked, as the queries read it: written out once for all of them. */
export type AskedRows = Prisma.Sql

/** Rows by the place that they belong to. `part` counts from 1: the first of the instants up to which there was nothing. */
type ByPlace<Row> = Map<number, Row[]>
type Placed = { place: number; part: number }

const MOST_LISTED = 5

/** Pure. */
export const askedRows = (asked: readonly Asked[]): AskedRows => Prisma.sql`
  jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
    AS asked (place int, "accountId" text, currency text, days timestamptz[], parts timestamptz[],
      type text, "startDateBefore" date, "endDateBefore" date)`

export type Taken = Placed & { orders: number; revenueMinor: bigint; refundedMinor: bigint }

/** Confirmed orders by the day on which their card was given, and what was given back of those that stand. */
export async function readTakings(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<Taken[]>`
      SELECT asked.place, width_bucket(taken."placedAt", asked.days) AS part, count(*)::int AS orders,
        sum(taken."totalMinor")::bigint AS "revenueMinor",
        coalesce(sum("refundedMinor") FILTER (WHERE taken."endedAt" IS NULL), 0)::bigint AS "refundedMinor"
      FROM ${asked}
      JOIN LATERAL (
        SELECT "id", "placedAt", "totalMinor", "endedAt" FROM "Order"
        WHERE "accountId" = asked."accountId" AND "placedAt" >= asked.days[1]
          AND "placedAt" < asked.days[array_upper(asked.days, 1)]
          AND "confirmedAt" IS NOT NULL AND "currency" = asked.currency
      ) AS taken ON true
      LEFT JOIN "Payment" ON "orderId" = taken."id" AND "refundedMinor" > 0
      GROUP BY 1, 2`,
  )
}

/** What confirmed orders came to that were given back in full, and how many orders could not be brought to their end. */
export async function readEndedOrders(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<(Placed & { refundedMinor: bigint; failed: number })[]>`
      SELECT asked.place, width_bucket(ended."endedAt", asked.parts) AS part,
        count(*) FILTER (WHERE ended."status" = 'failed')::int AS failed,
        coalesce(sum(ended."totalMinor") FILTER (
          WHERE ended."confirmedAt" IS NOT NULL AND ended."currency" = asked.currency
        ), 0)::bigint AS "refundedMinor"
      FROM ${asked}
      JOIN LATERAL (
        SELECT "endedAt", "status", "confirmedAt", "totalMinor", "currency" FROM "Order"
        WHERE "accountId" = asked."accountId" AND "endedAt" >= asked.parts[1] AND "endedAt" < asked.parts[3]
      ) AS ended ON true
      GROUP BY 1, 2`,
  )
}

/** Those who came in a period, and have given a card for an order. */
export async function readNewCustomers(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<(Placed & { n: number })[]>`
      SELECT asked.place, width_bucket(come."createdAt", asked.parts) AS part, count(*)::int AS n
      FROM ${asked}
      JOIN LATERAL (
        SELECT "createdAt" FROM "Customer" AS customer
        WHERE "accountId" = asked."accountId" AND "createdAt" >= asked.parts[1] AND "createdAt" < asked.parts[3]
          AND EXISTS (SELECT 1 FROM "Order" WHERE "customerId" = customer."id" AND "placedAt" IS NOT NULL)
      ) AS come ON true
      GROUP BY 1, 2`,
  )
}

type BestProduct = {
  place: number
  productId: string
  title: string
  quantity: number
  revenueMinor: bigint
  quantityBefore: number
  revenueBeforeMinor: bigint
}

/**
 * What brought most in the period, beside what that brought in the one before. A product bears the title that it was ordered
 * by last in the alphabet.
 */
export async function readBestProducts(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<BestProduct[]>`
      SELECT * FROM (
        SELECT asked.place, item."productId",
          max(item."title") FILTER (WHERE taken."isNow") AS title,
          sum(item."quantity") FILTER (WHERE taken."isNow")::int AS quantity,
          sum(item."totalMinor") FILTER (WHERE taken."isNow")::bigint AS "revenueMinor",
          coalesce(sum(item."quantity") FILTER (WHERE NOT taken."isNow"), 0)::int AS "quantityBefore",
          coalesce(sum(item."totalMinor") FILTER (WHERE NOT taken."isNow"), 0)::bigint AS "revenueBeforeMinor",
          row_number() OVER (
            PARTITION BY asked.place ORDER BY sum(item."totalMinor") FILTER (WHERE taken."isNow") DESC, item."productId"
          ) AS rank
        FROM ${asked}
        JOIN LATERAL (
          SELECT "id", "placedAt" >= asked.parts[2] AS "isNow" FROM "Order"
          WHERE "accountId" = asked."accountId" AND "placedAt" >= asked.parts[1] AND "placedAt" < asked.parts[3]
            AND "confirmedAt" IS NOT NULL AND "currency" = asked.currency
        ) AS taken ON true
        JOIN "OrderItem" AS item ON item."orderId" = taken."id"
        GROUP BY asked.place, item."productId"
        HAVING bool_or(taken."isNow")
      ) AS sold
      WHERE rank <= ${MOST_LISTED} ORDER BY place, rank`,
  )
}

type LowStock = { place: number; productId: string; title: string; available: number; total: number }

/** What runs low now, least first; `total` counts those that are not listed, too. */
export async function readLowStock(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<LowStock[]>`
      SELECT asked.place, low."id" AS "productId", low."title", low."available", low.total
      FROM ${asked}
      JOIN LATERAL (
        SELECT "id", "title", "available", count(*) OVER ()::int AS total FROM "Product"
        WHERE "accountId" = asked."accountId" AND NOT "isAmple" AND "archivedAt" IS NULL
        ORDER BY "available", "searchText", "id" LIMIT ${MOST_LISTED}
      ) AS low ON true
      ORDER BY asked.place, low."available", low."title", low."id"`,
  )
}

/**
 * How many ran low by the report of the period before, where there is one. There is no second one; but told so, PostgreSQL
 * looks each up by its index, and does not read all reports for a hundred of them.
 */
export async function readLowStockBefore(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<{ place: number; n: number }[]>`
      SELECT asked.place, before.n
      FROM ${asked}
      CROSS JOIN LATERAL (
        SELECT ("figures" -> 'lowStock' ->> 'count')::int AS n FROM "Report"
        WHERE "accountId" = asked."accountId" AND "type" = asked.type::"report_type"
          AND "startDate" = asked."startDateBefore" AND "endDate" = asked."endDateBefore"
        LIMIT 1
      ) AS before`,
  )
}

/** Files that could not be read on, and pictures that could not be made ready. */
export async function readFailedFiles(asked: AskedRows) {
  return byPlace(
    await db().$queryRaw<(Placed & { kind: 'import' | 'image'; n: number })[]>`
      SELECT asked.place, failed.kind, width_bucket(failed."createdAt", asked.parts) AS part, count(*)::int AS n
      FROM ${asked}
      JOIN LATERAL (
        SELECT 'import' AS kind, "createdAt" FROM "ProductImport"
        WHERE "accountId" = asked."accountId" AND "createdAt" >= asked.parts[1] AND "createdAt" < asked.parts[3]
          AND "status" = 'failed'
        UNION ALL
        SELECT 'image', "createdAt" FROM "ProductImage"
        WHERE "accountId" = asked."accountId" AND "createdAt" >= asked.parts[1] AND "createdAt" < asked.parts[3]
          AND "status" = 'failed'
      ) AS failed ON true
      GROUP BY 1, 2, 3`,
  )
}

function byPlace<Row extends { place: number }>(rows: Row[]): ByPlace<Row> {
  const found: ByPlace<Row> = new Map()
  for (const row of rows) {
    const list = found.get(row.place)
    if (list) list.push(row)
    else found.set(row.place, [row])
  }
  return found
}
