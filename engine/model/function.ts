import { z } from 'zod'
import { duration, expression, flowControl } from './flow-control'
import { holdsNul } from './json'

/** An error in a function's configuration; `message` names the function and the option. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
}

const trigger = z.strictObject({
  event: z.string().min(1).max(255).optional(),
  expression: expression.optional(),
  cron: z.string().min(1).max(255).optional(),
  jitter: duration.optional(),
})

const limit = z.strictObject({
  limit: z.number().int().min(0),
  key: expression.optional(),
  scope: z.enum(['fn', 'env', 'account']).optional(),
})

export type Limit = z.infer<typeof limit>

/** The one step of every function: where it is served, and how often it is tried. */
const entry = z.looseObject({
  runtime: z.looseObject({ type: z.literal('http', 'Connect is not supported by this engine'), url: z.url() }),
  retries: z.object({ attempts: z.number().int().min(0).max(20) }).optional(),
})

/** All that the engine does; whatever else a configuration holds is refused by its name, never ignored. */
const configuration = z.strictObject({
  id: z.string().min(1).max(255),
  name: z.string().optional(),
  triggers: z.array(trigger).max(10),
  steps: z.object({ step: entry }),
  ...flowControl,
  idempotency: expression.optional(),
  concurrency: z
    .union([
      z
        .number()
        .int()
        .min(0)
        .transform((n): Limit[] => [{ limit: n }]),
      limit.transform((one) => [one]),
      z.array(limit).max(2),
    ])
    .optional(),
  throttle: z
    .strictObject({
      limit: z.number().int(),
      period: duration,
      burst: z.number().int().min(0).optional(),
      key: expression.optional(),
    })
    .optional(),
  priority: z.strictObject({ run: expression }).optional(),
  timeouts: z.strictObject({ start: duration.optional(), finish: duration.optional() }).optional(),
  cancel: z
    .array(
      z.strictObject({ event: z.string().min(1).max(255), if: expression.optional(), timeout: duration.optional() }),
    )
    .max(5)
    .optional(),
})

export type FunctionConfig = z.infer<typeof configuration>

/** A function that an app has registered. `uuid` stands for it in calls and checkpoints. */
export type RegisteredFunction = {
  id: string
  appId: string
  uuid: string
  config: FunctionConfig
  /** The configuration as it came, which is what is stored. */
  raw: unknown
  /** False once its app no longer registers it: it starts no runs, and those that it has go on. */
  isActive: boolean
}

/**
 * Checks one function's configuration as the SDK sent it.
 * @throws ConfigurationError naming the function and the option.
 */
export function readFunctionConfig(value: unknown): FunctionConfig {
  const id = z.object({ id: z.string() }).safeParse(value).data?.id ?? 'a function without an id'
  if (holdsNul(value)) throw new ConfigurationError(`${id}: a text of its configuration holds a NUL character`)
  const parsed = configuration.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')
    throw new ConfigurationError(`${id} uses ${names}, which this engine does not support`)
  }
  throw new ConfigurationError(`${id}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`)
}

export function limitsOf(fn: RegisteredFunction): Limit[] {
  return fn.config.concurrency ?? []
}

/** How often an item may be tried: the server's own default is 4 retries, whatever the SDK's comment says. */
export function maxAttempts(config: FunctionConfig): number {
  return (config.steps.step.retries?.attempts ?? 4) + 1
}
