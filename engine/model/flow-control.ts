import { z } from 'zod'
import { parseDuration } from './duration'

const second = 1_000
const hour = 3_600 * second
const day = 24 * hour

export const expression = z.string().min(1)

export const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  context.addIssue(`should be a duration such as 10s, 5m or 1h, not ${JSON.stringify(text)}`)
  return z.NEVER
})

const between = (least: number, most: number, words: string) =>
  duration.refine((ms) => ms >= least && ms <= most, `should be ${words}`)

/** The options that decide whether, when and together with what an event starts a run. Bounds are Inngest's own. */
export const flowControl = {
  batchEvents: z
    .strictObject({
      maxSize: z.number().int().min(2),
      timeout: between(second, 7 * day, 'from 1s to 7d'),
      key: expression.optional(),
      if: expression.optional(),
    })
    .optional(),
  rateLimit: z
    .strictObject({
      limit: z.number().int().min(1),
      period: between(second, day, 'from 1s to 24h'),
      key: expression.optional(),
    })
    .optional(),
  debounce: z
    .strictObject({
      period: between(second, 7 * day, 'from 1s to 7d'),
      timeout: duration.optional(),
      key: expression.optional(),
    })
    .optional(),
  singleton: z.strictObject({ mode: z.enum(['skip', 'cancel']), key: expression.optional() }).optional(),
}

const config = z.object(flowControl)
export type FlowControl = z.infer<typeof config>

/** What can't be combined with batching, by the key under which it is registered, as the SDK's options name it. */
const notWithBatching = {
  cancel: 'cancelOn',
  debounce: 'debounce',
  singleton: 'singleton',
  priority: 'priority',
  rateLimit: 'rateLimit',
  idempotency: 'idempotency',
}

/** Names the options of a function that exclude each other; undefined where none do. */
export function combinationProblem(config: FlowControl & Record<string, unknown>): string | undefined {
  if (!config.batchEvents) return undefined
  const names = Object.entries(notWithBatching).flatMap(([key, name]) => (isSet(config[key]) ? [name] : []))
  return names.length > 0 ? `batchEvents can't be combined with ${names.join(', ')}` : undefined
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}
