import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUser } from '@/local/demo-people'
import { freePort } from '@/local/ports'
import { type Running, startAll } from '@/local/start-all'
import { Client } from '../demo/client'

let dir: string
let running: Running

async function start(): Promise<Running> {
  // The usual port of the engine is for those who test that it is taken.
  const own = { BACKROOM_DATA_DIR: dir, PORT: '0', ENGINE_PORT: String(await freePort()), DATABASE_URL: '' }
  return startAll({ command: 'start', source: { ...process.env, BACKROOM_MODE: 'local', ...own }, say: () => {} })
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-seed-'))
  running = await start()
}, 120_000)

afterAll(async () => {
  await running?.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client(running.databaseUrl)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const runs = () =>
  query<{ run: string }>(
    `SELECT "functionId" || ' ' || "status" || ' ' || count(*) AS run FROM "Run" GROUP BY "functionId", "status" ORDER BY 1`,
  ).then((rows) => rows.map(({ run }) => run))

const sums = () =>
  query<Record<string, number>>(
    `SELECT (SELECT count(*) FROM "User") AS people, (SELECT count(*) FROM "OutboxEvent") AS events,
       (SELECT count(*) FROM "Run") AS runs, (SELECT count(*) FROM "DeadLetter") AS "deadLetters",
       (SELECT count(*) FROM "Product") AS products, (SELECT count(*) FROM "StockMovement") AS movements,
       (SELECT count(*) FROM "ProductImage") AS images, (SELECT count(*) FROM "Order") AS orders`,
  )

const alerts = async () => {
  const response = await fetch(`${running.mailUrl}/sandbox/letters?to=${demoUser.email}`)
  const { letters } = (await response.json()) as { letters: { key: string | null }[] }
  return letters.filter(({ key }) => key?.startsWith('dead-letter-group/')).length
}

/** Reports are made in as many batches as their events come in, and schedules come when it is their time. */
const isOfPeople = (line: string) => /^(onboarding-workflow|record-dead-letter|send-(welcome-)?email) /.test(line)

describe('the seed', () => {
  it('leaves completed, sleeping, failed and retrying runs to look at', async () => {
    // Welcome letters and confirmations of four people, and the alerts about two kinds of failure.
    await expect
      .poll(async () => (await runs()).filter(isOfPeople), { timeout: 30_000, interval: 200 })
      .toEqual([
        'onboarding-workflow sleeping 4',
        'record-dead-letter completed 3',
        'send-email completed 6',
        'send-email failed 3',
        'send-email retrying 1',
        'send-welcome-email completed 4',
      ])
  })

  it('leaves two groups of dead letters, of which the operator has been told', async () => {
    const groups = await query(
      `SELECT "cause", count(*)::int AS letters FROM "DeadLetterGroup" AS found
       JOIN "DeadLetter" ON "groupId" = found."id" GROUP BY 1 ORDER BY 1`,
    )
    expect(groups).toEqual([
      { cause: 'Resend: Letters to this address are refused by the sandbox, on purpose.', letters: 2 },
      { cause: 'Resend: This address is on the sandbox’s suppression list, on purpose.', letters: 1 },
    ])
    await expect.poll(alerts).toBe(2)
  })

  it('makes one operator, and nobody who counts as the first person', async () => {
    expect(await query(`SELECT "email" FROM "User" WHERE "isOperator"`)).toEqual([{ email: demoUser.email }])
    expect(await query(`SELECT 1 FROM "User" WHERE NOT "isSeed"`)).toEqual([])
  })

  it('fills the demo user’s shop, where some is low and some is sold out', async () => {
    const [shop] = await query(
      `SELECT count(*)::int AS products, count(*) FILTER (WHERE NOT "isAmple")::int AS low,
         count(*) FILTER (WHERE "available" = 0)::int AS "soldOut"
       FROM "Product" JOIN "Account" ON "Account"."id" = "accountId" JOIN "User" ON "User"."id" = "ownerId"
       WHERE "email" = '${demoUser.email}'`,
    )
    expect(shop).toEqual({ products: 40, low: 8, soldOut: 2 })
  })

  it('gives each of its products a picture, which is served', async () => {
    const images = await query<{ id: string }>(`SELECT "id" FROM "ProductImage" WHERE "status" = 'ready'`)
    expect(images).toHaveLength(40)
    const served = await fetch(`${running.appUrl}/images/${images[0]?.id}/960`)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })

  it('gives it two hundred orders over three months, of which none is under way', async () => {
    const [orders] = await query(
      `SELECT count(*)::int AS orders, count(*) FILTER (WHERE "status" = 'confirmed')::int AS confirmed,
         count(*) FILTER (WHERE "status" IN ('placed', 'awaiting card'))::int AS open,
         count(*) FILTER (WHERE "createdAt" > now())::int AS future, now() - min("createdAt") > interval '80 days' AS old
       FROM "Order"`,
    )
    expect(orders).toEqual({ orders: 200, confirmed: 176, open: 0, future: 0, old: true })
  })

  it('has its reports made of the last days, weeks and months, without a letter', async () => {
    const reports = () =>
      query(
        `SELECT "type"::text, count(*)::int AS reports, sum(("figures"->'orders'->>'now')::int) > 0 AS "haveOrders"
         FROM "Report" GROUP BY "type" ORDER BY "type"`,
      )
    // Asked for by events, as everybody does; the start waits for none of them.
    await expect.poll(reports, { timeout: 30_000, interval: 200 }).toEqual([
      { type: 'daily', reports: 7, haveOrders: true },
      { type: 'monthly', reports: 2, haveOrders: true },
      { type: 'weekly', reports: 4, haveOrders: true },
    ])
    expect(await query(`SELECT 1 FROM "Letter" WHERE "template" = 'report'`)).toEqual([])
  })

  it('lets the retrying run wait for minutes', async () => {
    const [retrying] = await query<{ waits: boolean }>(
      `SELECT "until" > now() + interval '8 minutes' AS waits FROM "Run" WHERE "status" = 'retrying'`,
    )
    expect(retrying).toEqual({ waits: true })
  })

  it('adds nothing at the second start', async () => {
    const before = await sums()
    await running.stop()
    running = await start()
    expect(await sums()).toEqual(before)
  }, 60_000)

  it('ends the retrying run well, as time goes by', async () => {
    await new Client(running).move('3h')
    await expect.poll(runs).toEqual(expect.arrayContaining(['send-email completed 7', 'send-email failed 3']))
    expect((await runs()).filter((run) => run.includes('retrying'))).toEqual([])
  })
})
