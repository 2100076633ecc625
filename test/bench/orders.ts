import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDb, db } from '../../lib/db'
import { forgetEnv } from '../../lib/env'
import { createProduct } from '../../lib/products/create-product'
import { ensureBuild } from '../../local/build'
import { type Running, startAll } from '../../local/start-all'
import { withDatabase } from '../support/with-database'
import { median, quantile, tableOf } from './figures'
import { type Aim, fine, missesOf, type Report, type Settings, whole } from './report'

const PER_SECOND = 50
const MOST_POST_P95_MS = 40
const CONFIRMATIONS = 60
const MOST_CONFIRM_P50_MS = 150
/** The first ones warm the code up: a process that has just started takes several times as long, and is not steady. */
const WARM_UP = { posts: 500, confirmations: 20 }

type Shop = { slug: string; productId: string }
type Placed = { publicId: string; checkoutUrl: string }
type Found = { postMs: number[]; confirmMs: number[]; lost: number }

/**
 * Orders at the built app, as `npm start` serves it, with the payment sandbox beside it: how long a checkout's post
 * takes at a steady rate, each from the moment at which it was due, and how long it is from placed to confirmed.
 */
export async function benchOrders({ ms, rounds }: Settings): Promise<Report> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-orders-'))
  ensureBuild(() => {})
  const source = {
    ...process.env,
    ...{ BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '', CHECKOUT_LIMIT: '1000000' },
  }
  const running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
  try {
    const shop = await openShop(running)
    for (let n = 0; n < WARM_UP.posts; n++) await post(running, shop, n)
    const postMs = await postSteadily(running, shop, (PER_SECOND * ms * rounds) / 1_000)
    const lost = postMs.length + WARM_UP.posts - (await ordersIn(running))
    const confirmMs = await confirmOneByOne(running, shop)
    return reportOf({ postMs, confirmMs: confirmMs.slice(WARM_UP.confirmations), lost })
  } finally {
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** @returns milliseconds of each post; an answer that is not an order ends the bench. */
async function postSteadily(running: Running, shop: Shop, orders: number): Promise<number[]> {
  const startedAt = performance.now()
  const posts = Array.from({ length: orders }, async (_, n) => {
    const dueAt = startedAt + (n * 1_000) / PER_SECOND
    await sleep(dueAt - performance.now())
    await post(running, shop, n)
    return performance.now() - dueAt
  })
  return Promise.all(posts)
}

export async function post({ appUrl }: Running, { slug, productId }: Shop, n: number): Promise<Placed> {
  const response = await fetch(`${appUrl}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ shop: slug, idempotencyKey: randomUUID(), name: 'Cora', email: `cora-${n}@example.com` },
      ...{ address: '1 High Street, Springfield', items: [{ productId, quantity: 1 }] },
    }),
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`an order was answered by ${response.status}: ${text}`)
  return JSON.parse(text) as Placed
}

/** One customer after the other, on a machine that is idle between them. @returns milliseconds from placed to confirmed. */
async function confirmOneByOne(running: Running, shop: Shop): Promise<number[]> {
  const asked: string[] = []
  for (let n = 0; n < CONFIRMATIONS + WARM_UP.confirmations; n++) {
    const { publicId, checkoutUrl } = await post(running, shop, n)
    const card = { number: '4242424242424242', expiry: '12 / 34', cvc: '123', name: 'Cora', email: 'cora@example.com' }
    await fetch(checkoutUrl, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
    await fetch(`${running.appUrl}/api/orders/${publicId}/return`, { redirect: 'manual' })
    asked.push(publicId)
    await sleep(500)
  }
  return withDatabase(running.databaseUrl, async (database) => {
    const { rows } = await database.query<{ ms: number | null }>(
      `SELECT (extract(epoch FROM "confirmedAt" - "placedAt") * 1000)::float8 AS "ms"
       FROM "Order" WHERE "publicId" = ANY($1) ORDER BY "number"`,
      [asked],
    )
    const times = rows.map(({ ms }) => ms ?? Number.NaN)
    if (times.length !== asked.length || times.some(Number.isNaN)) throw new Error('not every order was confirmed')
    return times
  })
}

function ordersIn(running: Running): Promise<number> {
  return withDatabase(running.databaseUrl, async (database) => {
    const { rows } = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM "Order"')
    return rows[0]?.n ?? 0
  })
}

/** A shop by its rows, with one product of which there is enough for everybody. */
export async function openShop({ databaseUrl }: Running): Promise<Shop> {
  const settings = { BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'external', SESSION_SECRET: 'be'.repeat(32) }
  Object.assign(process.env, settings, { DATABASE_URL: databaseUrl })
  forgetEnv()
  try {
    const [userId, id] = [randomUUID(), randomUUID()]
    await db().user.create({ data: { id: userId, name: 'Ann', email: 'ann@example.com' } })
    const account = await db().account.create({ data: { id, ownerId: userId, name: 'Corner Shop', slug: id } })
    const form = { sku: 'MUG', title: 'Mug', description: '', price: '12.50', lowStockLevel: 5, onHand: 100_000 }
    const created = await createProduct({ account }, form)
    if (!created.ok) throw new Error(created.message)
    return { slug: account.slug, productId: created.productId }
  } finally {
    await closeDb()
  }
}

function reportOf({ postMs, confirmMs, lost }: Found): Report {
  const p95 = quantile(postMs, 0.95)
  const confirmed = median(confirmMs)
  const aims: Aim[] = [
    {
      what: `an order's post at ${PER_SECOND} a second, p95`,
      aim: `under ${MOST_POST_P95_MS} ms`,
      found: `${fine(p95)} ms`,
      isMet: p95 < MOST_POST_P95_MS,
    },
    { what: 'orders lost', aim: 'none', found: whole(lost), isMet: lost === 0 },
    {
      what: 'an order from placed to confirmed, median',
      aim: `under ${MOST_CONFIRM_P50_MS} ms`,
      found: `${fine(confirmed)} ms`,
      isMet: confirmed < MOST_CONFIRM_P50_MS,
    },
  ]
  const row = (what: string, times: number[]) => [
    ...[what, whole(times.length), fine(median(times)), fine(quantile(times, 0.95)), fine(quantile(times, 0.99))],
  ]
  const rows = [row(`post at ${PER_SECOND} a second`, postMs), row('placed to confirmed', confirmMs)]
  return {
    text: tableOf(['orders', 'how many', 'p50 ms', 'p95 ms', 'p99 ms'], rows),
    figures: { postP50Ms: median(postMs), postP95Ms: p95, confirmP50Ms: confirmed, orders: postMs.length, lost },
    aims,
    misses: missesOf(aims),
  }
}
