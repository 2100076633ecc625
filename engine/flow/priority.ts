import type { FunctionConfig } from '../model/function'
import { evaluate, type Scope } from './expression'

/** Inngest's documented bounds, in seconds. */
const MOST = 600

/**
 * How many seconds earlier than its creation a run counts as made: a run of priority 600 goes ahead of all that came
 * in the last ten minutes. A priority that can't be worked out is none.
 */
export function priorityOf(config: FunctionConfig, scope: Scope): number {
  if (!config.priority) return 0
  const value = evaluate(config.priority.run, scope)
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, -MOST), MOST) : 0
}
