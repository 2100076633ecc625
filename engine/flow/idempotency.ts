import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import { evaluate } from './expression'

/** For so long a function doesn't start again for the same event id or idempotency key, in engine time. */
export const CLAIM_MS = 24 * 3_600_000

/**
 * The claims that a run of this function for this event must hold, each of them for itself. An event whose sender
 * gave no id needs none: the engine's own id is new, or known from the seed.
 */
export function claimKeysOf(fn: RegisteredFunction, event: StoredEvent): string[] {
  const keys = event.publicId === event.id ? [] : [`event ${event.publicId}`]
  if (!fn.config.idempotency) return keys
  const value = evaluate(fn.config.idempotency, { event: JSON.parse(event.body) })
  return value === undefined || value === null || value === false
    ? keys
    : [...keys, `key ${JSON.stringify(value).replaceAll('\u0000', '')}`]
}
