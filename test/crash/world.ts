import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashedKey } from '../../lib/engine-api'
import { answersAt } from '../../local/answers'
import { ensureBuild } from '../../local/build'
import { Child } from '../../local/child'
import { type LocalDatabase, openDatabase } from '../../local/database'
import { freePort } from '../../local/ports'
import { TYPESCRIPT_ARGS } from '../../local/project'
import { registerApp } from '../../local/register'
import { readSecrets } from '../../local/secrets'

export type CrashWorld = {
  appUrl: string
  engineUrl: string
  mailUrl: string
  databaseUrl: string
  /** Moves time on once; false when it could not be finished, and has to be asked for again. */
  move: (to: Date) => Promise<boolean>
  /** kill −9. Each is started again by itself; false where it was not there to be killed. */
  kill: { engine: () => boolean; app: () => boolean; postgres: () => boolean }
  /** kill −9 of the plain Node app by itself, in the moment in which it has answered a call. */
  killAppAtAnswer: () => boolean
  stop: () => Promise<void>
}

const quiet = () => {}

/**
 * Every part as a process of its own, each started again when it dies.
 * @param appKind the app as a plain Node server, or as Next serves it.
 */
export async function openCrashWorld(dir: string, appKind: 'node' | 'next'): Promise<CrashWorld> {
  if (appKind === 'next') ensureBuild(quiet)
  const database = await openDatabase(undefined, dir, quiet)
  const secrets = readSecrets(dir)
  const [appPort, enginePort, mailPort] = [await freePort(), await freePort(), await freePort()]
  const [appUrl, engineUrl, mailUrl] = [appPort, enginePort, mailPort].map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
    string,
  ]
  const env = {
    ...process.env,
    BACKROOM_MODE: 'local',
    BACKROOM_ENGINE: 'embedded',
    BACKROOM_DATA_DIR: dir,
    BACKROOM_PARENT_PIPE: '1',
    DATABASE_URL: database.url,
    PORT: String(appPort),
    APP_URL: appUrl,
    SESSION_SECRET: secrets.sessionSecret,
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: engineUrl,
    INNGEST_EVENT_KEY: secrets.eventKey,
    INNGEST_SIGNING_KEY: secrets.signingKey,
    RESEND_BASE_URL: mailUrl,
    SIGN_UP_LIMIT: '1000000',
    NODE_ENV: 'production',
    NEXT_MANUAL_SIG_HANDLE: '1',
    ENGINE_PORT: String(enginePort),
    MAIL_PORT: String(mailPort),
    LOG_LEVEL: 'warn',
  }
  const logFile = (name: string) => join(dir, 'logs', `${name}.log`)
  const child = (name: string, args: string[], readyAt: string) =>
    new Child({ name, args, env, logFile: logFile(name), isReady: () => answersAt(readyAt), say: quiet })
  const appArgs =
    appKind === 'next'
      ? ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(appPort)]
      : [...TYPESCRIPT_ARGS, 'test/crash/app-server.ts']
  const mail = child('mail', [...TYPESCRIPT_ARGS, 'local/mail/main.ts'], `${mailUrl}/sandbox/letters?limit=1`)
  const engine = child('engine', [...TYPESCRIPT_ARGS, 'engine/main.ts'], `${engineUrl}/health`)
  const app = child('app', appArgs, `${appUrl}/api/health`)
  await Promise.all([mail.start(), engine.start(), app.start()])
  await registerApp(appUrl)
  return {
    appUrl,
    engineUrl,
    mailUrl,
    databaseUrl: database.url,
    move: (to) => move(engineUrl, secrets.signingKey, to),
    kill: { engine: () => killGroup(engine), app: () => killGroup(app), postgres: () => killPostgres(dir) },
    killAppAtAnswer: () => app.pid !== undefined && signal(app.pid, 'SIGUSR2'),
    stop: () => stopAll([engine, app, mail], database),
  }
}

async function move(engineUrl: string, signingKey: string, to: Date): Promise<boolean> {
  try {
    const response = await fetch(`${engineUrl}/dev/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hashedKey(signingKey)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: to.toISOString(), limitMs: 20_000 }),
    })
    return ((await response.json()) as { settled?: boolean }).settled === true
  } catch {
    return false
  }
}

function killGroup({ pid }: Child): boolean {
  return pid !== undefined && signal(-pid, 'SIGKILL')
}

function killPostgres(dir: string): boolean {
  const lock = join(dir, 'postgres/data/postmaster.pid')
  return existsSync(lock) && signal(Number.parseInt(readFileSync(lock, 'utf8'), 10), 'SIGKILL')
}

function signal(pid: number, name: 'SIGKILL' | 'SIGUSR2'): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}

async function stopAll(children: Child[], database: LocalDatabase): Promise<void> {
  for (const child of children) await child.stop()
  await database.stop()
}
