import { invalidRequest } from './api-error'
import type { Kind } from './store'
import type { World } from './world'

/** The fields that hold an id, and can show the thing itself instead. */
const EXPANDABLE: Record<string, Kind> = {
  customer: 'customer',
  payment_method: 'payment_method',
  setup_intent: 'setup_intent',
  payment_intent: 'payment_intent',
  latest_charge: 'charge',
  charge: 'charge',
}

/**
 * An answer with what was asked to be shown within it, e.g. `setup_intent.payment_method` or `data.customer`.
 * @throws ApiError where there is no such field.
 */
export function expanded(body: object, paths: string[], world: Pick<World, 'find'>): object {
  return paths.reduce((answer, path) => expandPath(answer, path.split('.'), path, world), body)
}

function expandPath(value: object, [field, ...rest]: string[], path: string, world: Pick<World, 'find'>): object {
  if (field === undefined) return value
  if (Array.isArray(value)) return value.map((item) => expandPath(item, [field, ...rest], path, world))
  const here = (value as Record<string, unknown>)[field]
  const kind = EXPANDABLE[field]
  if (here === null && kind) return value
  const shown = typeof here === 'string' && kind ? world.find(kind, here) : here
  if (typeof shown !== 'object' || shown === null) {
    const message = `This property cannot be expanded (${path}).`
    throw invalidRequest(message, { param: 'expand' })
  }
  return { ...value, [field]: expandPath(shown, rest, path, world) }
}
