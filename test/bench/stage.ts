import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { answersAt } from '../../local/answers'
import { Child } from '../../local/child'
import { freePort } from '../../local/ports'
import { ENGINE_ARGS, PROJECT_DIR, TYPESCRIPT_ARGS } from '../../local/project'
import { registerApp } from '../../local/register'
import type { Counts } from './workloads'

export const SIGNING_KEY = `signkey-bench-${'be'.repeat(32)}`
export const EVENT_KEY = 'bench-key'
const NEXT_APP = join(PROJECT_DIR, 'test/bench/next-app')

/** `null` is an app that only answers, as the null engine only calls. */
export type AppKind = 'node' | 'next' | 'null'
export type EngineKind = 'null' | 'ours'

export type StageOptions = {
  app: AppKind
  engine: EngineKind
  databaseUrl: string
  dir: string
  /** Writes the run ledger, into a database that has its tables. */
  hasLedger?: boolean
}

/** An app and the engine that drives it, each a process of its own. */
export type Stage = {
  options: StageOptions
  app: Child
  engine: Child
  appUrl: string
  engineUrl: string
  counts: () => Promise<Counts>
  stop: () => Promise<void>
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { databaseUrl, dir, hasLedger = false } = options
  const [appPort, enginePort] = [await freePort(), await freePort()]
  const [appUrl, engineUrl] = [`http://127.0.0.1:${appPort}`, `http://127.0.0.1:${enginePort}`]
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    PORT: String(appPort),
    APP_URL: `${appUrl}/api/inngest`,
    ENGINE_PORT: String(enginePort),
    INNGEST_BASE_URL: engineUrl,
    INNGEST_EVENT_KEY: EVENT_KEY,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_DEV: '0',
    LOG_LEVEL: 'warn',
    BACKROOM_MODE: 'local',
    SESSION_SECRET: 'be'.repeat(32),
    BENCH_LEDGER: String(hasLedger),
  }
  const child = (name: string, args: string[], readyAt: string) =>
    new Child({
      name,
      args,
      env,
      logFile: join(dir, `${name}-${hasLedger ? 'ledger' : 'bare'}.log`),
      isReady: () => answersAt(readyAt),
      say: console.error,
    })
  const app = child(`${options.app}-app`, appArgs(options.app, appPort), `${appUrl}/counts`)
  const engineArgs = options.engine === 'null' ? [...TYPESCRIPT_ARGS, 'test/bench/null-engine.ts'] : ENGINE_ARGS
  const engine = child(`${options.engine}-engine`, engineArgs, `${engineUrl}/health`)
  await Promise.all([app.start(), engine.start()])
  await registerApp(appUrl)
  return {
    options,
    app,
    engine,
    appUrl,
    engineUrl,
    counts: async () => (await (await fetch(`${appUrl}/counts`)).json()) as Counts,
    stop: async () => {
      await engine.stop()
      await app.stop()
    },
  }
}

function appArgs(kind: AppKind, port: number): string[] {
  if (kind !== 'next') return [...TYPESCRIPT_ARGS, `test/bench/${kind}-app.ts`]
  return ['node_modules/next/dist/bin/next', 'start', NEXT_APP, '-H', '127.0.0.1', '-p', String(port)]
}

/** Builds the benched Next app, anew each time: it takes some seconds, and a stale one would be measured unseen. */
export function buildNextApp(): void {
  rmSync(join(NEXT_APP, '.next'), { recursive: true, force: true })
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const args = ['node_modules/next/dist/bin/next', 'build', NEXT_APP]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT_DIR, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the benched app could not be built:\n${stdout}${stderr}`)
  // They would be taken for the routes of the project around it, whose types are checked with all that lies below.
  rmSync(join(NEXT_APP, '.next/types'), { recursive: true, force: true })
}
