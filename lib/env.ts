import { z } from 'zod'

export type Mode = 'local' | 'live'

/** The environment is wrong; `problems` holds one plain sentence for each variable at fault. */
export class EnvError extends Error {
  override name = 'EnvError'
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
  }
}

const text = z.string().trim().min(1)
const port = z.coerce.number().int().min(0).max(65_535)
const count = z.coerce.number().int().min(1)
const amount = z.coerce.number().int().min(0)
const address = z.url({ protocol: /^https?$/ })

const variables = z.object({
  BACKROOM_MODE: z.enum(['local', 'live']).optional(),
  BACKROOM_ENGINE: z.enum(['embedded', 'external']).optional(),
  BACKROOM_DATA_DIR: text.default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(3000),
  ENGINE_PORT: port.optional(),
  APP_URL: address.optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  INNGEST_DEV: text.optional(),
  INNGEST_BASE_URL: address.optional(),
  INNGEST_EVENT_KEY: text.optional(),
  INNGEST_SIGNING_KEY: text.optional(),
  INNGEST_SIGNING_KEY_FALLBACK: text.optional(),
  RESEND_API_KEY: text.optional(),
  RESEND_BASE_URL: address.optional(),
  RESEND_CALLS_PER_SECOND: count.default(2),
  EMAIL_FROM: text.default('Backroom <hello@backroom.test>'),
  STRIPE_SECRET_KEY: text.optional(),
  STRIPE_WEBHOOK_SECRET: text.optional(),
  STRIPE_BASE_URL: address.optional(),
  OPERATOR_EMAILS: z.string().default(''),
  METRICS_TOKEN: z.string().min(16).optional(),
  ALERT_WEBHOOK_URL: address.optional(),
  ALERT_WEBHOOK_SECRET: z.string().min(16).optional(),
  ALERT_WEBHOOK_FORMAT: z.enum(['json', 'slack']).default('json'),
  SIGN_IN_LIMIT: count.default(10),
  SIGN_UP_LIMIT: count.default(20),
  CHECKOUT_LIMIT: count.default(60),
  KEEP_COMPLETED_RUNS: amount.default(1_000),
  KEEP_COMPLETED_RUNS_HOURS: count.default(24),
  KEEP_FAILED_RUNS: amount.default(5_000),
  KEEP_DEAD_LETTERS_DAYS: count.default(90),
  KEEP_LETTERS_DAYS: count.default(90),
  KEEP_OUTBOX_DAYS: count.default(7),
  KEEP_WEBHOOKS_DAYS: count.default(30),
  KEEP_IMPORTS_DAYS: count.default(90),
  KEEP_AUDIT_DAYS: count.default(365),
  KEEP_INCIDENTS_DAYS: count.default(365),
  KEEP_SLOTS_DAYS: count.default(90),
  SERVERLESS: z.enum(['true', 'false']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

const wanted: Record<string, string> = {
  BACKROOM_MODE: '`local` or `live`',
  BACKROOM_ENGINE: '`embedded` or `external`',
  DATABASE_URL: 'a URL such as postgresql://user:password@host:5432/database',
  PORT: 'a port from 0 to 65535',
  ENGINE_PORT: 'a port from 0 to 65535',
  APP_URL: 'a URL such as https://shop.example.com',
  SESSION_SECRET: 'at least 32 characters',
  INNGEST_BASE_URL: 'a URL such as http://127.0.0.1:8288',
  RESEND_BASE_URL: 'a URL such as https://api.resend.com',
  STRIPE_BASE_URL: 'a URL such as https://api.stripe.com',
  RESEND_CALLS_PER_SECOND: 'a whole number from 1',
  METRICS_TOKEN: 'at least 16 characters',
  ALERT_WEBHOOK_URL: 'a URL such as https://alerts.example.com/backroom',
  ALERT_WEBHOOK_SECRET: 'at least 16 characters',
  ALERT_WEBHOOK_FORMAT: '`json` or `slack`',
  SIGN_IN_LIMIT: 'a whole number from 1',
  SIGN_UP_LIMIT: 'a whole number from 1',
  CHECKOUT_LIMIT: 'a whole number from 1',
  KEEP_COMPLETED_RUNS: 'a whole number from 0',
  KEEP_COMPLETED_RUNS_HOURS: 'a whole number from 1',
  KEEP_FAILED_RUNS: 'a whole number from 0',
  KEEP_DEAD_LETTERS_DAYS: 'a whole number from 1',
  KEEP_LETTERS_DAYS: 'a whole number from 1',
  KEEP_OUTBOX_DAYS: 'a whole number from 1',
  KEEP_WEBHOOKS_DAYS: 'a whole number from 1',
  KEEP_IMPORTS_DAYS: 'a whole number from 1',
  KEEP_AUDIT_DAYS: 'a whole number from 1',
  KEEP_SLOTS_DAYS: 'a whole number from 1',
  KEEP_INCIDENTS_DAYS: 'a whole number from 1',
  SERVERLESS: '`true` or `false`',
  LOG_LEVEL: 'one of trace, debug, info, warn, error, silent',
}

export type Env = ReturnType<typeof readEnv>

/**
 * Reads and checks the environment; pure, so that `up` and the tests can hand in their own.
 *
 * The mode is `live` when BACKROOM_MODE says so or a signing key is there, else `local`. In `live` every key that
 * production needs is asked for by name; in `local`, `up` makes the missing ones.
 * @throws EnvError naming each variable at fault and what would be right.
 */
export function readEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new EnvError(parsed.error.issues.map((issue) => explain(issue.path.join('.'), given)))
  const v = parsed.data
  const mode: Mode = v.BACKROOM_MODE ?? (v.INNGEST_SIGNING_KEY ? 'live' : 'local')
  const dev = v.INNGEST_DEV && !['0', 'false'].includes(v.INNGEST_DEV.toLowerCase()) ? v.INNGEST_DEV : undefined
  const problems = [...(mode === 'live' ? missingInLive(v, dev) : []), ...wrongAlerts(v)]
  if (problems.length > 0) throw new EnvError(problems)
  return {
    mode,
    /** Nobody but this machine's owner reaches the app. */
    isPrivate: mode === 'local' && ['127.0.0.1', '::1', 'localhost'].includes(v.HOST),
    engine: v.BACKROOM_ENGINE ?? (mode === 'local' && !dev && !v.INNGEST_BASE_URL ? 'embedded' : 'external'),
    dataDir: v.BACKROOM_DATA_DIR,
    databaseUrl: v.DATABASE_URL,
    host: v.HOST,
    port: v.PORT,
    enginePort: v.ENGINE_PORT,
    appUrl: (v.APP_URL ?? `http://localhost:${v.PORT}`).replace(/\/$/, ''),
    sessionSecret: v.SESSION_SECRET,
    inngest: {
      /** Set when the official dev server drives the app; holds the variable's own value. */
      dev,
      baseUrl: v.INNGEST_BASE_URL,
      eventKey: v.INNGEST_EVENT_KEY,
      signingKey: v.INNGEST_SIGNING_KEY,
      signingKeyFallback: v.INNGEST_SIGNING_KEY_FALLBACK,
    },
    email: { resendApiKey: v.RESEND_API_KEY, resendBaseUrl: v.RESEND_BASE_URL, from: v.EMAIL_FROM },
    payments: {
      stripeSecretKey: v.STRIPE_SECRET_KEY,
      stripeBaseUrl: v.STRIPE_BASE_URL,
      stripeWebhookSecret: v.STRIPE_WEBHOOK_SECRET,
    },
    operatorEmails: listOf(v.OPERATOR_EMAILS),
    metricsToken: v.METRICS_TOKEN,
    /** Where incidents are told of, besides letters. */
    alertWebhook: v.ALERT_WEBHOOK_URL
      ? { url: v.ALERT_WEBHOOK_URL, secret: v.ALERT_WEBHOOK_SECRET, format: v.ALERT_WEBHOOK_FORMAT }
      : undefined,
    limits: {
      signInsPerQuarterHour: v.SIGN_IN_LIMIT,
      signUpsPerHour: v.SIGN_UP_LIMIT,
      checkoutsPerHour: v.CHECKOUT_LIMIT,
    },
    /** How long what is done with is kept. */
    retention: {
      completedRuns: v.KEEP_COMPLETED_RUNS,
      completedRunsHours: v.KEEP_COMPLETED_RUNS_HOURS,
      failedRuns: v.KEEP_FAILED_RUNS,
      deadLettersDays: v.KEEP_DEAD_LETTERS_DAYS,
      lettersDays: v.KEEP_LETTERS_DAYS,
      outboxDays: v.KEEP_OUTBOX_DAYS,
      webhooksDays: v.KEEP_WEBHOOKS_DAYS,
      importsDays: v.KEEP_IMPORTS_DAYS,
      auditDays: v.KEEP_AUDIT_DAYS,
      incidentsDays: v.KEEP_INCIDENTS_DAYS,
      slotsDays: v.KEEP_SLOTS_DAYS,
    },
    /** The host sleeps after an answer: what should be written is written before it. */
    isServerless: v.SERVERLESS ? v.SERVERLESS === 'true' : Boolean(source.VERCEL || source.AWS_LAMBDA_FUNCTION_NAME),
    logLevel: v.LOG_LEVEL,
  } as const
}

function missingInLive(v: z.infer<typeof variables>, dev: string | undefined): string[] {
  const needed = [
    'DATABASE_URL',
    'APP_URL',
    'SESSION_SECRET',
    'INNGEST_EVENT_KEY',
    'INNGEST_SIGNING_KEY',
    'RESEND_API_KEY',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
  ] as const
  const problems = needed.filter((name) => !v[name]).map((name) => `${name} is missing; live mode needs it.`)
  if (dev) problems.push('INNGEST_DEV turns signatures off; unset it in live mode.')
  return problems
}

/** Slack’s own address is its secret; everybody else has to tell our posts from others'. */
function wrongAlerts(v: z.infer<typeof variables>): string[] {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret, ALERT_WEBHOOK_FORMAT: format } = v
  if (url && !secret && format === 'json')
    return ['ALERT_WEBHOOK_SECRET is missing; it signs what is posted to ALERT_WEBHOOK_URL.']
  return secret && !url ? ['ALERT_WEBHOOK_URL is missing; without it ALERT_WEBHOOK_SECRET signs nothing.'] : []
}

function explain(name: string, given: Record<string, unknown>): string {
  const shown = /SECRET|KEY|URL|TOKEN/.test(name) ? 'its value' : JSON.stringify(given[name])
  return `${name} can't be ${shown}; it should be ${wanted[name] ?? 'a text that is not empty'}.`
}

function listOf(commaSeparated: string): string[] {
  return commaSeparated
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean)
}

let current: (Env & { databaseUrl: string; sessionSecret: string }) | undefined

/**
 * The environment of the running app, read once. An app started without `up` must bring its own database and secret.
 * @throws EnvError
 */
export function env() {
  if (current) return current
  const checked = readEnv(process.env)
  const { databaseUrl, sessionSecret } = checked
  if (!databaseUrl || !sessionSecret) {
    const name = databaseUrl ? 'SESSION_SECRET' : 'DATABASE_URL'
    throw new EnvError([`${name} is missing; set it, or start the app with \`npm start\` or \`npm run dev\`.`])
  }
  current = { ...checked, databaseUrl, sessionSecret }
  return current
}

/** Lets the environment be read anew; for tests, which bring their own. */
export function forgetEnv(): void {
  current = undefined
}
