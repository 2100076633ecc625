import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readEnv } from '../lib/env'
import { answersAt } from './answers'
import { ensureBuild, ensureClient } from './build'
import { Child } from './child'
import { hasUsers, openDatabase } from './database'
import { demoOwners, demoUser } from './demo-people'
import { type EnginePlace, findEnginePlace } from './engine-place'
import { freePort, isPortFree } from './ports'
import { ENGINE_ARGS, TYPESCRIPT_ARGS } from './project'
import { registerApp } from './register'
import { dataFolder, forgetRunning, noteRunning } from './running'
import { readSecrets, type Secrets } from './secrets'
import { seed } from './seed'
import { StartError } from './start-error'

export type StartOptions = {
  command: 'dev' | 'start'
  /** The environment to read and to hand on. */
  source: Record<string, string | undefined>
  say: (line: string) => void
  /** False for runs that bring their own people. */
  withSeed?: boolean
}

/** Everything that runs, and how to reach it. */
export type Running = {
  appUrl: string
  engineUrl: string | undefined
  mailUrl: string | undefined
  paymentsUrl: string | undefined
  databaseUrl: string
  dataDir: string
  secrets: Secrets
  demo: { email: string; password: string } | undefined
  children: { engine?: Child; app: Child; mail?: Child; payments?: Child }
  stop: () => Promise<void>
}

type Env = ReturnType<typeof readEnv>
type Stops = (() => Promise<void>)[]

/**
 * Starts all that the app needs, and the app: database and migrations, then sandboxes, engine, seed and Next, which is
 * registered with its server each time that it starts.
 * @throws EnvError, StartError; what was started by then is stopped again.
 */
export async function startAll(options: StartOptions): Promise<Running> {
  const env = readEnv(options.source)
  const stops: Stops = []
  // In the opposite order of starting, but for the engine: with it nobody calls the app any more.
  const stop = async () => {
    forgetRunning(dataFolder(env.dataDir))
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    return { ...(await startParts(options, env, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(options: StartOptions, env: Env, stops: Stops): Promise<Omit<Running, 'stop'>> {
  const { command, source, say, withSeed = true } = options
  const dataDir = dataFolder(env.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = await appPort(env)
  ensureClient()
  if (command === 'start') ensureBuild(say)
  const database = await openDatabase(env.databaseUrl, dataDir, say)
  stops.push(database.stop)
  const secrets = secretsOf(env, dataDir)
  const place = env.engine === 'embedded' ? await findEnginePlace(env.enginePort, database.url, secrets) : undefined
  const mailPort = env.mode === 'local' && !env.email.resendApiKey ? await freePort() : undefined
  const paymentsPort = env.mode === 'local' && !env.payments.stripeSecretKey ? await freePort() : undefined
  const appUrl = `http://${isOpen(env.host) ? '127.0.0.1' : bracketed(env.host)}:${port}`
  const ports = { port, mailPort, paymentsPort }
  const shared = childEnv({ source, env, dataDir, ports, place, secrets, databaseUrl: database.url, appUrl })
  const log = (name: string) => join(dataDir, 'logs', `${name}.log`)

  const mail = mailPort ? mailChild(shared, mailPort, log('mail'), say) : undefined
  const payments = paymentsPort ? paymentsChild(shared, paymentsPort, appUrl, log('payments'), say) : undefined
  const engine =
    place && !place.isAdopted ? engineChild(shared, place, env, log('engine'), say, command, appUrl) : undefined
  const app = appChild(shared, command, env.host, port, appUrl, log('app'), say)
  if (mail) stops.push(() => mail.stop())
  if (payments) stops.push(() => payments.stop())
  stops.push(() => app.stop())
  if (engine) stops.push(() => engine.stop())
  const people = [demoUser, ...demoOwners].map(({ email }) => email)
  const needsSeed = withSeed && env.mode === 'local' && !(await hasUsers(database.url, people))
  await Promise.all([
    mail?.start(),
    payments?.start(),
    engine?.start(),
    app.start(),
    needsSeed ? seed(shared) : undefined,
  ])
  const engineUrl = place?.url ?? env.inngest.baseUrl
  const urls = { appUrl, engineUrl, mailUrl: localUrl(mailPort), paymentsUrl: localUrl(paymentsPort) }
  noteRunning(dataDir, urls)
  return {
    ...urls,
    databaseUrl: database.url,
    dataDir,
    secrets,
    demo: withSeed && env.mode === 'local' ? { email: demoUser.email, password: secrets.demoPassword } : undefined,
    children: { app, ...(engine ? { engine } : {}), ...(mail ? { mail } : {}), ...(payments ? { payments } : {}) },
  }
}

async function appPort({ port, host }: Env): Promise<number> {
  if (port === 0) return freePort(0, host)
  if (!(await isPortFree(port, host)))
    throw new StartError(`Port ${port} is taken; stop what runs there, or set another PORT.`)
  return port
}

/** Where one of the sandboxes is, if it runs. */
function localUrl(port: number | undefined): string | undefined {
  return port ? `http://127.0.0.1:${port}` : undefined
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** True for a host that stands for every address of the machine. */
export function isOpen(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** In live mode the environment brings every secret; in local mode what is missing is made. */
function secretsOf({ mode, sessionSecret, inngest }: Env, dataDir: string): Secrets {
  const made =
    mode === 'local'
      ? readSecrets(dataDir)
      : { sessionSecret: '', eventKey: '', signingKey: '', webhookSecret: '', demoPassword: '' }
  return {
    ...made,
    sessionSecret: sessionSecret ?? made.sessionSecret,
    eventKey: inngest.eventKey ?? made.eventKey,
    signingKey: inngest.signingKey ?? made.signingKey,
  }
}

type Shared = Record<string, string | undefined>

function childEnv(parts: {
  source: Shared
  env: Env
  dataDir: string
  ports: { port: number; mailPort: number | undefined; paymentsPort: number | undefined }
  place: EnginePlace | undefined
  secrets: Secrets
  databaseUrl: string
  appUrl: string
}): Shared {
  const { source, env, dataDir, ports, place, secrets, databaseUrl, appUrl } = parts
  const { port, mailPort, paymentsPort } = ports
  const [mailUrl, paymentsUrl] = [localUrl(mailPort), localUrl(paymentsPort)]
  return {
    ...source,
    BACKROOM_MODE: env.mode,
    BACKROOM_ENGINE: env.engine,
    BACKROOM_DATA_DIR: dataDir,
    BACKROOM_PARENT_PIPE: '1',
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    APP_URL: source.APP_URL || `http://localhost:${port}`,
    SESSION_SECRET: secrets.sessionSecret,
    DEMO_PASSWORD: secrets.demoPassword,
    // The official dev server takes any key; every other server is signed for.
    ...(env.inngest.dev
      ? {}
      : { INNGEST_DEV: '0', INNGEST_EVENT_KEY: secrets.eventKey, INNGEST_SIGNING_KEY: secrets.signingKey }),
    ...(place ? { INNGEST_BASE_URL: place.url } : {}),
    // The engine beside us calls the app where it listens; a server elsewhere by its public address.
    INNGEST_SERVE_ORIGIN: source.INNGEST_SERVE_ORIGIN || (env.mode === 'live' && !place ? env.appUrl : appUrl),
    ...(mailUrl ? { RESEND_BASE_URL: mailUrl } : {}),
    ...(paymentsUrl
      ? {
          STRIPE_BASE_URL: paymentsUrl,
          STRIPE_WEBHOOK_SECRET: env.payments.stripeWebhookSecret ?? secrets.webhookSecret,
        }
      : {}),
  }
}

function mailChild(env: Shared, port: number, logFile: string, say: StartOptions['say']): Child {
  const args = [...TYPESCRIPT_ARGS, 'local/mail/main.ts']
  const isReady = () => answersAt(`http://127.0.0.1:${port}/sandbox/letters?limit=1`)
  return new Child({ name: 'mail sandbox', args, env: { ...env, MAIL_PORT: String(port) }, logFile, isReady, say })
}

function paymentsChild(env: Shared, port: number, appUrl: string, logFile: string, say: StartOptions['say']): Child {
  const args = [...TYPESCRIPT_ARGS, 'local/payments/main.ts']
  const own = { PAYMENTS_PORT: String(port), PAYMENTS_WEBHOOK_URL: `${appUrl}/api/webhooks/stripe` }
  const isReady = () => answersAt(`http://127.0.0.1:${port}/sandbox/payments?limit=1`)
  return new Child({ name: 'payment sandbox', args, env: { ...env, ...own }, logFile, isReady, say })
}

function engineChild(
  env: Shared,
  { port, url }: EnginePlace,
  { mode }: Env,
  logFile: string,
  say: StartOptions['say'],
  command: StartOptions['command'],
  appUrl: string,
): Child {
  const own = {
    ENGINE_HOST: '127.0.0.1',
    ENGINE_PORT: String(port),
    ENGINE_MODE: mode,
    ENGINE_APP_URLS: `${appUrl}/api/inngest`,
    // Under `dev` code changes while it runs; a built app registers at its start.
    ENGINE_POLL_MS: command === 'dev' ? '5000' : '0',
    ENGINE_CONSOLE_URL: `${env.APP_URL}/console`,
  }
  return new Child({
    name: 'engine',
    args: ENGINE_ARGS,
    env: { ...env, ...own },
    logFile,
    isReady: () => answersAt(`${url}/health`),
    say,
  })
}

/** What Node lets a heap grow by before it collects is made for larger machines. */
const SMALL_HEAP = ['--max-semi-space-size=8', '--heap-growing-percent=50']
/**
 * glibc keeps what one thread has freed for that thread, in an arena of its own: with two of them instead of eight a core,
 * an upload takes 20 MB less. Together with the heap that is 243 to 262 MB while 11 and 199 MB are uploaded.
 */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' }

function appChild(
  env: Shared,
  command: StartOptions['command'],
  host: string,
  port: number,
  appUrl: string,
  logFile: string,
  say: StartOptions['say'],
): Child {
  const own = {
    NODE_ENV: command === 'dev' ? 'development' : 'production',
    // Next would end at once on a signal; instrumentation sees to an orderly end.
    NEXT_MANUAL_SIG_HANDLE: '1',
    NEXT_EXIT_TIMEOUT_MS: '25000',
    NEXT_TELEMETRY_DISABLED: '1',
    // An event that is sent before the server knows the functions would start none.
    BACKROOM_AWAITS_SYNC: '1',
  }
  const memory = command === 'start' ? SMALL_HEAP : []
  const args = [...memory, 'node_modules/next/dist/bin/next', command, '-H', host, '-p', String(port)]
  const isReady = () => answersAt(`${appUrl}/api/health`)
  const toTerminal = command === 'dev'
  const afterReady = () => registerApp(appUrl)
  const log = toTerminal ? {} : { logFile }
  return new Child({ name: 'app', args, env: { ...FEW_ARENAS, ...env, ...own }, ...log, isReady, afterReady, say })
}
