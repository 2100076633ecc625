import type { RegisteredFunction } from '../model/function'
import type { RateLimitStart } from '../model/start'
import { evaluate, type Scope } from './expression'
import { valueText } from './key'

/** So many keys are held before all of them are looked through for what has expired; then twice as many, and so on. */
const FEWEST_TO_SWEEP = 1_000

/**
 * The key that a start counts under, if its function has a rate limit. One whose value is false is not limited. An
 * idempotency key takes the place of a rate limit, as Inngest's documentation has it.
 */
export function rateLimitKeyOf({ id, config }: RegisteredFunction, scope: () => Scope): string | undefined {
  const { rateLimit, idempotency } = config
  if (!rateLimit || idempotency) return undefined
  if (rateLimit.key === undefined) return id
  const value = evaluate(rateLimit.key, scope())
  return value === false ? undefined : `${id} ${valueText(value)}`
}

/**
 * The starts that still count. A rate limit lets in no more starts than its limit in any stretch of time as long as
 * its period; what is over is dropped.
 */
export class RateLimits {
  private readonly starts = new Map<string, RateLimitStart[]>()
  private sweepAt = FEWEST_TO_SWEEP

  /** Whether one more start may be let in, and the starts that were found to count no longer. */
  ask(key: string, limit: number, now: number): { isOver: boolean; expired: RateLimitStart[] } {
    const count = () => this.starts.get(key)?.length ?? 0
    const expired = count() < limit ? this.sweep(now) : this.expire(key, now)
    return { isOver: count() >= limit, expired }
  }

  add(start: RateLimitStart): void {
    const starts = this.starts.get(start.key)
    if (starts) starts.push(start)
    else this.starts.set(start.key, [start])
  }

  clear(): void {
    this.starts.clear()
    this.sweepAt = FEWEST_TO_SWEEP
  }

  /** Keys that never come again would else be held for ever. */
  private sweep(now: number): RateLimitStart[] {
    if (this.starts.size < this.sweepAt) return []
    const expired = [...this.starts.keys()].flatMap((key) => this.expire(key, now))
    this.sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * this.starts.size)
    return expired
  }

  private expire(key: string, now: number): RateLimitStart[] {
    const starts = this.starts.get(key) ?? []
    const counting = starts.filter(({ expiresAt }) => expiresAt > now)
    if (counting.length > 0) this.starts.set(key, counting)
    else this.starts.delete(key)
    return starts.filter(({ expiresAt }) => expiresAt <= now)
  }
}
