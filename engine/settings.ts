import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

const keptRuns = z.coerce.number().int().min(1).max(1_000_000)

/** What the engine's program is told by its environment. */
const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'should be the address of a PostgreSQL database' }),
  ENGINE_HOST: z.string().default('127.0.0.1'),
  ENGINE_PORT: port.default(8288),
  ENGINE_MODE: z.enum(['local', 'live']).default('local'),
  INNGEST_EVENT_KEY: z.string('is missing; senders of events show it.'),
  INNGEST_SIGNING_KEY: z.string('is missing; it signs every call to the app.'),
  INNGEST_SIGNING_KEY_FALLBACK: z.string().optional(),
  INNGEST_BASE_URL: z.url().optional(),
  ENGINE_APP_URLS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.url())),
  /** Real milliseconds between two polls of the apps; 0 for none. */
  ENGINE_POLL_MS: z.coerce.number().int().min(0).default(0),
  ENGINE_CONSOLE_URL: z.url().optional(),
  /** Real milliseconds between two rounds of removing what is no longer needed; 0 for none. */
  ENGINE_PRUNE_MS: z.coerce.number().int().min(0).default(600_000),
  /** Real hours for which every run that has ended is kept, and every event at least. */
  ENGINE_KEEP_HOURS: z.coerce.number().min(24).max(87_600).default(24),
  /** How many of a function's ended runs are kept however old they are: those that failed, and the others. */
  ENGINE_KEEP_FAILED: keptRuns.default(5_000),
  ENGINE_KEEP_COMPLETED: keptRuns.default(1_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Settings = z.infer<typeof settings>

/** The settings, or what is wrong with them, one sentence for each. */
export function readSettings(
  source: Record<string, string | undefined>,
): { settings: Settings } | { problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success)
    return { problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  return { settings: parsed.data }
}
