import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { hashedKey } from '../../../lib/engine-api'
import type { Running } from '../../../local/start-all'
import { SLOT } from './seed'

/** The clock is moved so close to the slot, and then time goes by itself: a move would look about all the while. */
const BEFORE_MS = 3_000
const LIMIT_MS = 20 * 60_000

/** Lets the morning come. @returns seconds from the slot itself, when its tick is due, until the last report is stored. */
export async function measureMorning(running: Running, database: pg.Client, accounts: number): Promise<number> {
  const clock = await moveTo(running, new Date(SLOT.getTime() - BEFORE_MS))
  const slotAt = performance.now() + SLOT.getTime() - clock
  await sleep(slotAt - performance.now())
  await untilCount(database, 'SELECT count(*)::int AS n FROM "Report"', accounts)
  return (performance.now() - slotAt) / 1_000
}

/** Lets no letter go out, so that nothing but the reports is measured: letters are a stage of their own. */
export async function holdLetters(running: Running): Promise<void> {
  const { isPaused } = await askEngine<{ isPaused: boolean }>(
    running,
    '/dev/functions/backroom-send-letter-batch/pause',
  )
  if (!isPaused) throw new Error('the letters could not be held back')
}

/** @returns where the clock stands then. */
async function moveTo(running: Running, to: Date): Promise<number> {
  const body = { to: to.toISOString() }
  const { settled, now } = await askEngine<{ settled: boolean; now: string }>(running, '/dev/clock', body)
  if (!settled) throw new Error('the clock could not be moved to the morning')
  return Date.parse(now)
}

async function askEngine<T>({ engineUrl, secrets }: Running, path: string, body = {}): Promise<T> {
  const response = await fetch(engineUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${hashedKey(secrets.signingKey)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as T
}

/** Waits until a query counts so many. It looks often, but not so often that the looking is what is measured. */
export async function untilCount(database: pg.Client, query: string, wanted: number): Promise<void> {
  const deadline = performance.now() + LIMIT_MS
  for (let found = -1; found < wanted; ) {
    const askedAt = performance.now()
    found = (await database.query<{ n: number }>(query)).rows[0]?.n ?? 0
    if (askedAt > deadline) throw new Error(`of ${wanted} there are ${found} after ${LIMIT_MS / 60_000} minutes`)
    await sleep(Math.max(20, 50 * (performance.now() - askedAt)))
  }
}
