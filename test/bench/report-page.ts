import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { closeDb, db } from '../../lib/db'
import { forgetEnv } from '../../lib/env'
import { periodBefore } from '../../lib/reports/find-period'
import { makeReports } from '../../lib/reports/make-reports'
import { reportTypes } from '../../lib/reports/report-schedules'
import { dateOf } from '../../lib/time/calendar-date'
import { ensureBuild } from '../../local/build'
import { type Running, startAll } from '../../local/start-all'
import { Client } from '../demo/client'
import { quantile, tableOf } from './figures'
import { loadShop } from './order-list'
import { type Aim, fine, missesOf, type Report, type Settings, whole } from './report'

const ORDERS = 1_000_000
const ASKED_EACH_ROUND = 20
const MOST_P95_MS = 100
const OWNER = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery', shopName: 'Corner Shop' }

type Opened = { page: string; p50Ms: number; p95Ms: number }

/** How long the built app takes to answer with a page of reports, for a shop with 1,000,000 orders. */
export async function benchReportPage({ rounds }: Settings): Promise<Report> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-report-page-'))
  ensureBuild(() => {})
  const source = { ...process.env, BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '' }
  const running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
  try {
    const client = new Client(running)
    await client.signUp({ ...OWNER, timeZone: 'Europe/Berlin' })
    console.error('filling the shop …')
    const made = await makeAll(running)
    const opened = await openAll(running, client.cookieOf(OWNER.email), made.pages, rounds * ASKED_EACH_ROUND)
    return reportOf(opened, made.ms)
  } finally {
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Fills the shop, and makes its last day's, week's and month's report. */
async function makeAll({ databaseUrl }: Running): Promise<{ pages: [name: string, path: string][]; ms: number }> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  Object.assign(process.env, { BACKROOM_MODE: 'local', DATABASE_URL: databaseUrl, SESSION_SECRET: 'be'.repeat(32) })
  forgetEnv()
  try {
    const { id: accountId } = await db().account.findFirstOrThrow()
    await loadShop(client, accountId, ORDERS)
    await client.query('VACUUM ANALYZE')
    const now = new Date()
    const startedAt = performance.now()
    const wanted = reportTypes.map((type) => ({
      ...{ accountId, type, ...periodBefore(type, dateOf(now.getTime())), single: false },
    }))
    await makeReports(wanted, now)
    const ms = performance.now() - startedAt
    const reports = await db().report.findMany({ select: { id: true, type: true } })
    const pages = reports.map(({ id, type }): [string, string] => [`${type} report`, `/reports/${id}`])
    return { ms, pages: [['list', '/reports'], ...pages] }
  } finally {
    await closeDb()
    await client.end()
  }
}

/** In turns, so that a noisy moment is not one page's alone. */
async function openAll({ appUrl }: Running, cookie: string, pages: [string, string][], times: number) {
  const each = pages.map(([page, path]) => ({ page, path, ms: [] as number[] }))
  for (let n = 0; n <= times; n++)
    for (const { path, ms } of each) {
      const startedAt = performance.now()
      const response = await fetch(appUrl + path, { headers: { cookie }, redirect: 'manual' })
      await response.text()
      if (response.status !== 200) throw new Error(`${path} is HTTP ${response.status}`)
      // The first one warms the code up.
      if (n > 0) ms.push(performance.now() - startedAt)
    }
  return each.map(({ page, ms }): Opened => ({ page, p50Ms: quantile(ms, 0.5), p95Ms: quantile(ms, 0.95) }))
}

function reportOf(opened: Opened[], madeMs: number): Report {
  const rows = opened.map(({ page, p50Ms, p95Ms }) => [page, fine(p50Ms), fine(p95Ms)])
  const aims = opened.map(({ page, p95Ms }): Aim => {
    const isMet = p95Ms < MOST_P95_MS
    return { what: `${page}, opened`, aim: `p95 under ${MOST_P95_MS} ms`, found: `${whole(p95Ms)} ms`, isMet }
  })
  const text = `${tableOf(['page', 'p50 ms', 'p95 ms'], rows)}\n\nits three reports together were made in ${whole(madeMs)} ms`
  return { text, figures: { opened, madeMs }, aims, misses: missesOf(aims) }
}
