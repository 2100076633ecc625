import { join } from 'node:path'
import { answersAt } from '../../local/answers'
import { Child } from '../../local/child'
import { freePort } from '../../local/ports'
import { ENGINE_ARGS, TYPESCRIPT_ARGS } from '../../local/project'
import type { Secrets } from '../../local/secrets'

export type AppKind = 'node' | 'next'

export type PartsOptions = {
  dir: string
  databaseUrl: string
  secrets: Secrets
  ports: Ports
  appKind: AppKind
  executionsFile: string
}

const portNames = ['app', 'workload', 'mail', 'payments', 'proxy', 'first', 'second'] as const
export type Ports = Record<(typeof portNames)[number], number>

export const urlAt = (port: number) => `http://127.0.0.1:${port}`

export async function freePorts(): Promise<Ports> {
  const ports: [string, number][] = []
  for (const name of portNames) ports.push([name, await freePort()])
  return Object.fromEntries(ports) as Ports
}

const quiet = () => {}

/** A process that is started again when it dies, and that can be struck once it is up. */
export class Part {
  private readonly child: Child
  private readyPid: number | undefined

  constructor(options: {
    name: string
    args: string[]
    env: object
    logFile: string
    isReady: () => Promise<boolean>
  }) {
    const isReady = async () => {
      const { pid } = this.child
      const isUp = await options.isReady()
      if (isUp) this.readyPid = pid
      return isUp
    }
    this.child = new Child({ ...options, env: { ...options.env }, isReady, say: quiet })
  }

  /** Its group, as a negative process id; undefined while it is being started. */
  get group(): number | undefined {
    const { pid } = this.child
    return pid !== undefined && pid === this.readyPid ? -pid : undefined
  }

  start(): Promise<void> {
    return this.child.start()
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}

export function partsOf(options: PartsOptions): {
  app: Part
  workload: Part
  engines: Part[]
  mail: Part
  payments: Part
} {
  const { dir, ports, appKind, executionsFile } = options
  const env = environment(options)
  const part = (name: string, args: string[], own: object, isReady: () => Promise<boolean>) =>
    new Part({ name, args, env: { ...env, ...own }, logFile: join(dir, 'logs', `${name}.log`), isReady })
  const program = (path: string) => [...TYPESCRIPT_ARGS, path]
  const engine = (name: string, port: number) =>
    part(name, ENGINE_ARGS, { ENGINE_PORT: String(port) }, () => isListening(urlAt(port)))
  const next = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(ports.app)]
  return {
    app: part('app', appKind === 'next' ? next : program('test/crash/app-server.ts'), { PORT: String(ports.app) }, () =>
      answersAt(`${urlAt(ports.app)}/api/health`),
    ),
    workload: part(
      'workload',
      program('test/crash/workload/app.ts'),
      { PORT: String(ports.workload), CRASH_EXECUTIONS: executionsFile },
      () => answersAt(`${urlAt(ports.workload)}/health`),
    ),
    engines: [engine('first engine', ports.first), engine('second engine', ports.second)],
    mail: part('mail', program('local/mail/main.ts'), { MAIL_PORT: String(ports.mail) }, () =>
      answersAt(`${urlAt(ports.mail)}/sandbox/letters?limit=1`),
    ),
    payments: part(
      'payments',
      program('local/payments/main.ts'),
      { PAYMENTS_PORT: String(ports.payments), PAYMENTS_WEBHOOK_URL: `${urlAt(ports.app)}/api/webhooks/stripe` },
      () => answersAt(`${urlAt(ports.payments)}/sandbox/payments?limit=1`),
    ),
  }
}

function environment({ dir, databaseUrl, ports, secrets }: PartsOptions): object {
  return {
    ...process.env,
    BACKROOM_MODE: 'local',
    BACKROOM_ENGINE: 'embedded',
    BACKROOM_DATA_DIR: dir,
    BACKROOM_PARENT_PIPE: '1',
    DATABASE_URL: databaseUrl,
    APP_URL: urlAt(ports.app),
    SESSION_SECRET: secrets.sessionSecret,
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: urlAt(ports.proxy),
    INNGEST_EVENT_KEY: secrets.eventKey,
    INNGEST_SIGNING_KEY: secrets.signingKey,
    RESEND_BASE_URL: urlAt(ports.mail),
    STRIPE_BASE_URL: urlAt(ports.payments),
    STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
    SIGN_UP_LIMIT: '1000000',
    CHECKOUT_LIMIT: '1000000',
    NODE_ENV: 'production',
    NEXT_MANUAL_SIG_HANDLE: '1',
    LOG_LEVEL: 'warn',
  }
}

/** Also of an engine that stands by. */
async function isListening(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}
