import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from './db'

export type Limited = { ok: true } | { ok: false; retryAfterSeconds: number }

/** So many tries of a name within so many seconds, under a key. */
export type Limit = [name: string, key: string, points: number, durationSeconds: number]

/** Counts a try under each of some limits, in their order; the first that is used up refuses it. */
export async function takeLimits(limits: readonly Limit[]): Promise<Limited> {
  for (const [keyPrefix, key, points, duration] of limits) {
    const limiter = new RateLimiterPrisma({
      storeClient: db(),
      keyPrefix,
      points,
      duration,
      clearExpiredByTimeout: false,
    })
    try {
      await limiter.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      return { ok: false, retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1_000) }
    }
  }
  return { ok: true }
}
