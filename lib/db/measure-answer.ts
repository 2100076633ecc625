import { setTimeout as sleep } from 'node:timers/promises'
import { db } from './index'

/**
 * How long the database takes for a query that does nothing, in milliseconds of real time.
 * @param limitMs it is not waited for longer; then this is what it took at least.
 * @throws where the database can't be reached.
 */
export async function measureAnswer(limitMs: number): Promise<number> {
  const begun = performance.now()
  const limit = new AbortController()
  const late = sleep(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)
  const answer = db().$queryRaw`SELECT 1`
  answer.catch(() => undefined)
  await Promise.race([answer, late])
  limit.abort()
  return performance.now() - begun
}
