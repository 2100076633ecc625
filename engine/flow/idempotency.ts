import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import { evaluate } from './expression'
import { indexable, valueText } from './key'

const DAY_MS = 24 * 3_600_000

/** What a run must hold for itself: no other run of its function has the same claim before it expires. */
export type Claim = { functionId: string; key: string; expiresAt: number }

/** The instants that claims are measured by. */
export type Clocks = { now: number; realNow: number }

/**
 * The claims that a run of this function for this event must hold, each for 24 hours. A repeated event id is a repeated
 * delivery, which no moving of the clock makes less likely: it counts in real time. An idempotency key is a matter of
 * the shop's own day, and moves. An event whose sender gave no id needs no claim: the engine's own id is new, or known
 * from the seed.
 */
export function claimsOf(fn: RegisteredFunction, event: StoredEvent, { now, realNow }: Clocks): Claim[] {
  const claims: Claim[] = []
  if (event.publicId !== event.id)
    claims.push({ functionId: fn.id, key: `event ${indexable(event.publicId)}`, expiresAt: realNow + DAY_MS })
  const value = fn.config.idempotency && evaluate(fn.config.idempotency, { event: JSON.parse(event.body) })
  if (value === undefined || value === null || value === false || value === '') return claims
  return [...claims, { functionId: fn.id, key: `key ${valueText(value)}`, expiresAt: now + DAY_MS }]
}

/** The instant against which a stored claim's expiry is held. */
export function momentFor(key: string, { now, realNow }: Clocks): number {
  return key.startsWith('event ') ? realNow : now
}
