import { setTimeout as sleep } from 'node:timers/promises'
import { db } from './index'

const LIMIT_MS = 2_000

/** Whether the database answers within two seconds. */
export async function isDatabaseReachable(): Promise<boolean> {
  const answer = db().$queryRaw`SELECT 1`.then(() => true).catch(() => false)
  return Promise.race([answer, sleep(LIMIT_MS, false)])
}
