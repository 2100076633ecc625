import type { FunctionConfig } from '../model/function'
import { admit } from './throttle'

/** The throttles as they stand: who may start now, and when the next one of each key may. */
export class ThrottleGate {
  private readonly arrivals = new Map<string, number>()
  /** Keys that somebody waits for, with the instant at which the next one may go. */
  private readonly wakes = new Map<string, number>()

  restore(key: string, arrivalAt: number): void {
    this.arrivals.set(key, arrivalAt)
  }

  clear(): void {
    this.arrivals.clear()
    this.wakes.clear()
  }

  /** The key's new arrival if a start may go ahead now; else undefined, and the key will be woken in time. */
  enter(key: string, throttle: NonNullable<FunctionConfig['throttle']>, now: number): number | undefined {
    const verdict = admit(throttle, this.arrivals.get(key) ?? 0, now)
    if ('waitUntil' in verdict) {
      this.wakes.set(key, verdict.waitUntil)
      return undefined
    }
    this.arrivals.set(key, verdict.arrivalAt)
    return verdict.arrivalAt
  }

  /** Keys whose next start may go ahead now. */
  takeWakes(now: number): string[] {
    const keys = [...this.wakes].filter(([, at]) => at <= now).map(([key]) => key)
    for (const key of keys) this.wakes.delete(key)
    return keys
  }

  isWaitedFor(key: string): boolean {
    return this.wakes.has(key)
  }

  nextWakeAt(): number | undefined {
    let next: number | undefined
    for (const at of this.wakes.values()) if (next === undefined || at < next) next = at
    return next
  }
}
