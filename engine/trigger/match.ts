import { holds } from '../flow/expression'
import type { StoredEvent } from '../model/event'
import type { RegisteredFunction } from '../model/function'

/**
 * Whether an event's name fits a trigger's: the same name, or `prefix/*` and `prefix.*`, where all that follows the
 * boundary fits.
 */
export function nameFits(pattern: string, name: string): boolean {
  if (pattern === name) return true
  return /[/.]\*$/.test(pattern) && name.startsWith(pattern.slice(0, -1)) && name.length > pattern.length - 1
}

/**
 * The functions that an event starts, each once, however many of its triggers fit. A trigger whose `if` is false or
 * fails is skipped, and the others are still tried.
 */
export function functionsFor(
  event: Pick<StoredEvent, 'name' | 'body'>,
  functions: Iterable<RegisteredFunction>,
): RegisteredFunction[] {
  let scope: { event: unknown } | undefined
  const found: RegisteredFunction[] = []
  for (const fn of functions) {
    if (!fn.isActive) continue
    for (const trigger of fn.config.triggers) {
      if (!trigger.event || !nameFits(trigger.event, event.name)) continue
      if (trigger.expression) scope ??= { event: JSON.parse(event.body) }
      if (trigger.expression && scope && !holds(trigger.expression, scope)) continue
      found.push(fn)
      break
    }
  }
  return found
}
