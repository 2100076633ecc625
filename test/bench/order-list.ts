import pg from 'pg'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { exportOrders } from '@/lib/orders/export-orders'
import { countOrders, listOrders, type OrderFilter, orderFilter } from '@/lib/orders/list-orders'
import { orderStatuses } from '@/lib/orders/statuses'
import { migrate } from '../../local/migrate'
import { ensureDatabase } from '../../local/postgres/cluster'
import { quantile, tableOf } from './figures'
import { fine, type Report, type Settings, whole } from './report'
import { onWorkbench } from './workbench'

type Question = { name: string; ask: (n: number) => Promise<unknown> }
type Answered = { name: string; p50Ms: number; p95Ms: number; mostMs: number }

const ORDERS = 1_000_000
const OTHER_SHOPS_ORDERS = 100_000
const ASKED_EACH_ROUND = 20
const MOST_P95_MS = 100
const EXPORTED_ROWS = 100_000

/** How long the list of orders, its searches and its counts take in a shop of 1,000,000 orders, and how fast it is exported. */
export async function benchOrderList({ rounds }: Settings): Promise<Report> {
  return onWorkbench(async ({ cluster }) => {
    const databaseUrl = await ensureDatabase(cluster, 'order_list')
    await migrate(databaseUrl)
    Object.assign(process.env, { BACKROOM_MODE: 'local', DATABASE_URL: databaseUrl, SESSION_SECRET: 'be'.repeat(32) })
    forgetEnv()
    console.error('filling the shop …')
    await loadOrders(databaseUrl)
    try {
      const customers = await db().customer.findMany({ where: { accountId: 'shop-1' }, take: 60, skip: 90_000 })
      emails = customers.map(({ email }) => email)
      const answered = await askAll(rounds)
      const rowsPerSecond = await exportSome()
      const misses = answered
        .filter(({ p95Ms }) => p95Ms >= MOST_P95_MS)
        .map(({ name, p95Ms }) => `${name}: ${whole(p95Ms)} ms at p95`)
      const text = `${table(answered)}\n\neach asked ${rounds * ASKED_EACH_ROUND} times; ${whole(rowsPerSecond)} rows a second are exported`
      return { text, figures: { answered, exportedRowsPerSecond: rowsPerSecond }, misses }
    } finally {
      await closeDb()
    }
  })
}

const owner = { account: { id: 'shop-1' } } as Parameters<typeof listOrders>[0]
const list = (filter: Partial<OrderFilter>) => listOrders(owner, orderFilter.parse(filter))
/** Spread over the shop's orders, old and new. */
const some = (n: number) => 1 + ((n * 48_271) % ORDERS)
const firstName = (n: number) => firstNames[n % firstNames.length] ?? ''
const lastName = (n: number) => `${lastStarts[n % lastStarts.length]}${lastEnds[n % lastEnds.length]}`
const otherFirstName = (n: number) => otherFirstNames[n % otherFirstNames.length] ?? ''
const otherLastName = (n: number) => otherLastNames[n % otherLastNames.length] ?? ''

/** Of some customer. */
const emailOf = (n: number) => emails[n % emails.length] ?? ''
let emails: string[] = []

const questions: Question[] = [
  { name: 'first page', ask: () => list({}) },
  ...orderStatuses.map((status) => ({ name: `tab: ${status}`, ask: () => list({ status }) })),
  { name: 'deep page', ask: (n) => list({ cursor: some(n) }) },
  { name: 'deep page of a tab', ask: (n) => list({ cursor: some(n), status: 'confirmed' }) },
  { name: 'counts of the tabs', ask: () => countOrders(owner) },
  { name: 'search: number', ask: (n) => list({ search: String(some(n)) }) },
  { name: 'search: whole email', ask: (n) => list({ search: emailOf(n) }) },
  { name: 'search: most of an email', ask: (n) => list({ search: emailOf(n).slice(0, -2) }) },
  { name: 'search: part of an email', ask: (n) => list({ search: emailOf(n).split('@')[0] ?? '' }) },
  { name: 'search: what many emails have', ask: () => list({ search: 'gmail.com' }) },
  { name: 'search: first name', ask: (n) => list({ search: firstName(n) }) },
  { name: 'search: last name', ask: (n) => list({ search: lastName(n) }) },
  { name: 'search: both names', ask: (n) => list({ search: `${firstName(n)} ${lastName(n * 7)}` }) },
  { name: 'search: of one order in 250', ask: () => list({ search: 'Quentin' }) },
  { name: 'search: of a few orders', ask: () => list({ search: 'Zebedee' }) },
  { name: 'search: of old orders alone', ask: () => list({ search: 'Methuselah' }) },
  { name: 'search: first name in other letters', ask: (n) => list({ search: otherFirstName(n) }) },
  {
    name: 'search: both names in other letters',
    ask: (n) => list({ search: `${otherFirstName(n)} ${otherLastName(n)}` }),
  },
  { name: 'search: other letters, of old orders alone', ask: () => list({ search: 'Мафусаил' }) },
  { name: 'search: other letters, nothing fits', ask: (n) => list({ search: `${otherLastName(n)}王偉` }) },
  { name: 'search: accents', ask: () => list({ search: 'zoë müller' }) },
  { name: 'search: two letters', ask: (n) => list({ search: lastName(n).slice(0, 2) }) },
  { name: 'search: three letters', ask: (n) => list({ search: lastName(n).slice(1, 4) }) },
  { name: 'search: in a tab', ask: (n) => list({ search: lastName(n), status: 'cancelled' }) },
  { name: 'search: deep page', ask: (n) => list({ search: lastName(n), cursor: some(n) }) },
  { name: 'search: nothing fits', ask: (n) => list({ search: `qqqxyz${n}` }) },
]

/** In turns, so that a noisy moment is not one question's alone. */
async function askAll(rounds: number): Promise<Answered[]> {
  const times = new Map<string, number[]>(questions.map(({ name }) => [name, []]))
  for (const { ask } of questions) await ask(0)
  for (let n = 0; n < rounds * ASKED_EACH_ROUND; n++)
    for (const { name, ask } of questions) {
      const startedAt = performance.now()
      await ask(n)
      times.get(name)?.push(performance.now() - startedAt)
    }
  return [...times].map(([name, each]) => ({
    ...{ name, p50Ms: quantile(each, 0.5), p95Ms: quantile(each, 0.95), mostMs: Math.max(...each) },
  }))
}

async function exportSome(): Promise<number> {
  const startedAt = performance.now()
  let rows = 0
  for await (const piece of exportOrders(owner, orderFilter.parse({}))) {
    rows += piece.split('\r\n').length - 1
    if (rows >= EXPORTED_ROWS) break
  }
  return rows / ((performance.now() - startedAt) / 1_000)
}

function table(answered: Answered[]): string {
  const rows = answered.map(({ name, p50Ms, p95Ms, mostMs }) => [name, fine(p50Ms), fine(p95Ms), fine(mostMs)])
  return tableOf(['question', 'p50 ms', 'p95 ms', 'most ms'], rows)
}

const CUSTOMERS = 250_000
const firstNames = [
  ...['Ann', 'Ben', 'Cora', 'Dora', 'Emil', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jonas', 'Karin', 'Lars', 'Mona', 'Nils'],
  ...['Olga', 'Paul', 'Rosa', 'Sven', 'Tilda', 'Uwe', 'Vera', 'Walter', 'Xenia', 'Yusuf', 'Zoë', 'Ada', 'Bruno'],
]
const lastStarts = [
  ...['Ander', 'Berg', 'Clar', 'Dahl', 'Erik', 'Fried', 'Gold', 'Hoff', 'Iver', 'Jan', 'Kauf', 'Lind', 'Müller'],
  ...['Nord', 'Ols', 'Peter', 'Rosen', 'Stein', 'Thor', 'Ulr', 'Vogel', 'Winter', 'Zimmer'],
]
const otherFirstNames = [
  'Анна',
  'Борис',
  'Вера',
  'Григорий',
  'Дарья',
  'Ярослав',
  'Ελένη',
  'Νίκος',
  '美咲',
  '王偉',
  'שרה',
]
const otherLastNames = [
  ...['Иванова', 'Петров', 'Кузнецова', 'Шевченко', 'Παπαδόπουλος', 'Γεωργίου', '田中', '佐藤', '李娜', 'כהן'],
  ...['Соколов', 'Лебедева', 'Мороз'],
]
const domains = ['gmail.com', 'example.com', 'mail.example.org', 'web.de', 'icloud.com']
const lastEnds = [
  'sen',
  'man',
  'son',
  'berg',
  'feld',
  'ström',
  'bach',
  'dorf',
  'ley',
  'ich',
  'ova',
  'ski',
  'stein',
  'wood',
]

/** `n * prime % m` spreads evenly, and makes the same shop each time; most orders are confirmed, some in every other state. */
async function loadOrders(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(`
      INSERT INTO "User" ("id", "name", "email", "updatedAt") SELECT 'user-' || n, 'Ann', n || '@example.com', now() FROM generate_series(1, 2) AS n`)
    await client.query(`
      INSERT INTO "Account" ("id", "ownerId", "name", "slug", "updatedAt") SELECT 'shop-' || n, 'user-' || n, 'Shop', 'shop-' || n, now() FROM generate_series(1, 2) AS n`)
    for (const [shop, orders] of [
      ['shop-2', OTHER_SHOPS_ORDERS],
      ['shop-1', ORDERS],
    ] as const)
      await loadShop(client, shop, orders)
    await client.query(payments)
    // As autovacuum would, some minutes after such a load.
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** Gives a shop its customers and orders, without payments. @param shop an account's id. */
export async function loadShop(client: pg.Client, shop: string, orders: number): Promise<void> {
  const names = [firstNames, lastStarts, lastEnds, domains, otherFirstNames, otherLastNames]
  await client.query(customers, [shop, CUSTOMERS, ...names])
  await client.query(rows, [shop, orders, CUSTOMERS])
}

const customers = `
  INSERT INTO "Customer" ("id", "accountId", "name", "email", "createdAt")
  SELECT $1 || '/' || n, $1, name, CASE WHEN n % 8 = 5 THEN 'customer' ELSE replace("foldText"(name), ' ', '.') END || n || '@' || ($6::text[])[1 + n % cardinality($6::text[])], now()
  FROM generate_series(0, $2::int - 1) AS n CROSS JOIN LATERAL (
    SELECT CASE
      WHEN n % 8 = 5
        THEN ($7::text[])[1 + n % cardinality($7::text[])] || ' ' || ($8::text[])[1 + n * 7 % cardinality($8::text[])]
      ELSE
        CASE WHEN n % 250 = 7 THEN 'Quentin' WHEN n % 50000 = 11 THEN 'Zebedee' ELSE ($3::text[])[1 + n % cardinality($3::text[])] END
          || ' ' || ($4::text[])[1 + n * 7 % cardinality($4::text[])] || ($5::text[])[1 + n * 3 % cardinality($5::text[])]
    END AS name
  ) AS named`

const rows = `
  WITH made AS (
    SELECT n, $1 || '-' || n AS id, now() - ($2::int - n) * interval '30 seconds' AS at,
      $1 || '/' || (n::bigint * 48271 % $3::int) AS customer_id,
      CASE
        WHEN n > $2::int - 40 THEN 'placed' WHEN n > $2::int - 60 THEN 'awaiting card'
        WHEN n % 100 < 80 THEN 'confirmed' WHEN n % 100 < 85 THEN 'declined' WHEN n % 100 < 88 THEN 'out of stock'
        WHEN n % 100 < 93 THEN 'cancelled' WHEN n % 100 < 97 THEN 'expired' WHEN n % 100 < 99 THEN 'refunded' ELSE 'failed'
      END::"order_status" AS status
    FROM generate_series(1, $2::int) AS n
  )
  INSERT INTO "Order" ("id", "publicId", "accountId", "number", "customerId", "customerName", "customerEmail", "address", "status",
    "endingAs", "totalMinor", "currency", "idempotencyKey", "formHash", "providerCustomerId", "providerCardId", "createdAt", "expiresAt",
    "placedAt", "confirmedAt", "endedAt")
  SELECT made.id, made.id, $1, n, customer_id, CASE WHEN n < $2::int / 100 THEN 'Methuselah' WHEN n < $2::int / 50 THEN 'Мафусаил' ELSE name END, email,
    n || ' High Street, Springfield', status,
    CASE WHEN status IN ('declined', 'out of stock', 'cancelled', 'failed', 'refunded') THEN status END,
    500 + n % 20000, 'USD', made.id, md5(made.id), 'cus_' || n, 'pm_' || n, at, at + interval '30 minutes',
    CASE WHEN status NOT IN ('awaiting card', 'expired') THEN at + interval '1 minute' END,
    CASE WHEN status IN ('confirmed', 'refunded') THEN at + interval '2 minutes' END,
    CASE WHEN status NOT IN ('awaiting card', 'placed', 'confirmed') THEN at + interval '1 hour' END
  FROM made JOIN "Customer" AS customer ON customer."id" = customer_id ORDER BY n`

const payments = `
  INSERT INTO "Payment" ("id", "orderId", "status", "providerIntentId", "amountMinor", "refundedMinor", "currency", "createdAt", "endedAt")
  SELECT 'payment-' || "id", "id", 'succeeded', 'pi_' || "id", "totalMinor", CASE WHEN "status" = 'refunded' THEN "totalMinor" ELSE 0 END,
    "currency", "createdAt", "confirmedAt"
  FROM "Order" WHERE "confirmedAt" IS NOT NULL`
