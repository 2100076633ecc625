import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '../db'
import { env } from '../env'

const QUARTER_HOUR_S = 15 * 60
const HOUR_S = 3_600

export type Limited = { ok: true } | { ok: false; retryAfterSeconds: number }

/** Counts a try to sign in, under the email and under the address; either may be used up. */
export function takeSignIn(email: string, address: string): Promise<Limited> {
  const points = env().limits.signInsPerQuarterHour
  return take([
    ['sign-in-email', email, points, QUARTER_HOUR_S],
    ['sign-in-address', address, points * 5, QUARTER_HOUR_S],
  ])
}

/** Counts a sign-up under the address. */
export function takeSignUp(address: string): Promise<Limited> {
  return take([['sign-up-address', address, env().limits.signUpsPerHour, HOUR_S]])
}

/** Counts a letter with a secret link that somebody asks for. */
export function takeSecretLetter(email: string, address: string): Promise<Limited> {
  return take([
    ['secret-letter-email', email, 5, HOUR_S],
    ['secret-letter-address', address, 25, HOUR_S],
  ])
}

async function take(limits: [name: string, key: string, points: number, duration: number][]): Promise<Limited> {
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
