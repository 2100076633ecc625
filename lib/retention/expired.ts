import { db } from '../db'
import { daysBefore, type Removal } from './removal'

/** A link that is over says so for some days more; after that it is unknown. */
const LINK_DAYS = 7

export const sessions: Removal = {
  kind: 'sessions',
  removeSome: ({ realAt }, most) => db().$executeRaw`
    DELETE FROM "Session" WHERE "id" IN (
      SELECT "id" FROM "Session" WHERE "expiresAt" < ${realAt} LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}

export const secretLinks: Removal = {
  kind: 'secret-links',
  removeSome: ({ realAt }, most) => db().$executeRaw`
    DELETE FROM "SecretLink" WHERE "id" IN (
      SELECT "id" FROM "SecretLink" WHERE "expiresAt" < ${daysBefore(realAt, LINK_DAYS)} LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}

/** The counters of limits on sign-ins, sign-ups and orders. */
export const limitCounters: Removal = {
  kind: 'limit-counters',
  removeSome: ({ realAt }, most) => db().$executeRaw`
    DELETE FROM "RateLimiterFlexible" WHERE "key" IN (
      SELECT "key" FROM "RateLimiterFlexible" WHERE "expire" < ${realAt} LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}
