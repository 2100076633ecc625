import type { RegisteredFunction } from '../model/function'
import { evaluate, type Scope } from './expression'
import { valueText } from './key'

/**
 * The key under which only one run may be active, if its function is a singleton. Where the key is false or can't be
 * worked out, the function is none for this event.
 */
export function singletonKeyOf({ id, config }: RegisteredFunction, scope: () => Scope): string | null {
  const { singleton } = config
  if (!singleton) return null
  if (singleton.key === undefined) return id
  const value = evaluate(singleton.key, scope())
  return value === undefined || value === false ? null : `${id} ${valueText(value)}`
}

/** Which run is active under each key. */
export class Singletons {
  private readonly holders = new Map<string, string>()

  holderOf(key: string): string | undefined {
    return this.holders.get(key)
  }

  take(key: string, runId: string): void {
    this.holders.set(key, runId)
  }

  release(key: string, runId: string): void {
    if (this.holders.get(key) === runId) this.holders.delete(key)
  }

  clear(): void {
    this.holders.clear()
  }
}
