import type { FunctionConfig } from '../model/function'
import { admit } from './throttle'

/** So many keys are held before all of them are looked through for what is over; then twice as many, and so on. */
const FEWEST_TO_SWEEP = 1_000

/** The throttles as they stand: who may start now, and when the next one of each key may. */
export class ThrottleGate {
  private readonly arrivals = new Map<string, number>()
  /** Keys that somebody waits for: since when, and the instant at which the next one may go. */
  private readonly wakes = new Map<string, { since: number; at: number }>()
  private sweepAt = FEWEST_TO_SWEEP

  /** Takes over what was spent of a throttle; of two accounts the later one holds. @returns the one that holds. */
  note(key: string, arrivalAt: number): number {
    const later = Math.max(arrivalAt, this.arrivals.get(key) ?? arrivalAt)
    this.arrivals.set(key, later)
    return later
  }

  clear(): void {
    this.arrivals.clear()
    this.wakes.clear()
    this.sweepAt = FEWEST_TO_SWEEP
  }

  /** Forgets keys that stand as if they had never been used, once there are many. @returns what was forgotten. */
  sweep(now: number): string[] {
    if (this.arrivals.size < this.sweepAt) return []
    const over = [...this.arrivals].filter(([, arrivalAt]) => arrivalAt <= now).map(([key]) => key)
    for (const key of over) this.arrivals.delete(key)
    this.sweepAt = Math.max(FEWEST_TO_SWEEP, 2 * this.arrivals.size)
    return over
  }

  /** The key's new arrival if a start may go ahead now; else undefined, and the key will be woken in time. */
  enter(key: string, throttle: NonNullable<FunctionConfig['throttle']>, now: number): number | undefined {
    const verdict = admit(throttle, this.arrivals.get(key) ?? 0, now)
    this.arrivals.set(key, verdict.arrivalAt)
    if (!('waitUntil' in verdict)) return verdict.arrivalAt
    this.wakes.set(key, { since: now, at: verdict.waitUntil })
    return undefined
  }

  /** Keys whose next start may go ahead now; and, when the machine's clock was set back, all that wait since later. */
  takeWakes(now: number): string[] {
    const keys = [...this.wakes].filter(([, { since, at }]) => at <= now || since > now).map(([key]) => key)
    for (const key of keys) this.wakes.delete(key)
    return keys
  }

  isWaitedFor(key: string): boolean {
    return this.wakes.has(key)
  }

  nextWakeAt(): number | undefined {
    let next: number | undefined
    for (const { at } of this.wakes.values()) if (next === undefined || at < next) next = at
    return next
  }
}
