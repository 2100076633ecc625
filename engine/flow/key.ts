import { createHash } from 'node:crypto'
import { evaluate, type Scope } from './expression'

/** Longer values stand under their digest: keys are kept in indexes, whose rows hold some 2,700 bytes. */
const LONGEST = 200

/** The value of a control's key for an event, as text; '' where the control has no key. What can't be worked out is null. */
export function keyText(expression: string | undefined, scope: Scope): string {
  return expression === undefined ? '' : valueText(evaluate(expression, scope))
}

/** A value as a text that an index can hold, different for different values. */
export function valueText(value: unknown): string {
  return indexable(JSON.stringify(value ?? null))
}

/** A text that an index can hold. */
export function indexable(text: string): string {
  if (text.length > LONGEST) return `sha256 ${createHash('sha256').update(text).digest('hex')}`
  return text.replaceAll('\u0000', '')
}
