import { limitsOf, type RegisteredFunction } from '../model/function'
import type { Scope } from './expression'
import { keyText } from './key'

/**
 * The keys under which a run's calls are counted, one for each limit of its function. `fn` counts for the function
 * alone; `env` and `account`, which are one and the same on one machine, for every function with the same key.
 */
export function limitKeysOf(fn: RegisteredFunction, scope: Scope): string[] {
  return limitsOf(fn).map((limit, i) => {
    const value = keyText(limit.key, scope)
    return limit.scope && limit.scope !== 'fn' ? `${limit.scope} ${limit.key} ${value}` : functionKey(fn, i, value)
  })
}

/**
 * The keys of a run with the limits as they are registered now. A limit that its function had not yet when the run was
 * made counts too, as far as it needs no key.
 */
export function limitsNow(fn: RegisteredFunction, runKeys: string[]): { keys: string[]; limits: number[] } {
  const keys = [...runKeys]
  const limits = runKeys.map((_, i) => limitsOf(fn)[i]?.limit ?? 0)
  for (const [i, limit] of limitsOf(fn).entries()) {
    if (i < runKeys.length || limit.key) continue
    keys.push(functionKey(fn, i, ''))
    limits.push(limit.limit)
  }
  return { keys, limits }
}

function functionKey(fn: RegisteredFunction, i: number, value: string): string {
  return `fn ${fn.id} ${i} ${value}`
}

/** How many calls are under way under each key. Calls count, not runs: a run that sleeps holds no place. */
export class Slots {
  private readonly taken = new Map<string, number>()

  /** The first key that has no place left, if any. A limit of 0 means none. */
  firstFull(keys: string[], limits: number[]): string | undefined {
    return keys.find((key, i) => {
      const limit = limits[i] ?? 0
      return limit > 0 && (this.taken.get(key) ?? 0) >= limit
    })
  }

  take(keys: string[]): void {
    for (const key of keys) this.taken.set(key, (this.taken.get(key) ?? 0) + 1)
  }

  give(keys: string[]): void {
    for (const key of keys) {
      const left = (this.taken.get(key) ?? 1) - 1
      if (left > 0) this.taken.set(key, left)
      else this.taken.delete(key)
    }
  }
}
