import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { forgetAuth } from '@/lib/auth/auth'
import { resetClock } from '@/lib/clock'
import { closeDb } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { stopRelay } from '@/lib/outbox/relay'
import { forgetMemory } from '@/lib/runs/memory'
import { reopenNewsStreams } from '@/lib/runs/news-stream'
import { forgetLedger, ledgerWritten } from '@/lib/runs/writer'
import { type MailSandbox, startMailSandbox } from '@/local/mail/sandbox'
import { createDatabase, type TestDatabase } from './database'
import { keepEnvironment } from './keep-environment'

export const ORIGIN = 'http://localhost:3000'

type OwnApp = {
  mail: () => MailSandbox
  databaseUrl: () => string
  /** Changes the environment for the rest of the test. */
  setEnv: (change: Record<string, string | undefined>) => void
}

/**
 * The product's own code over a database and a mail sandbox of its own, anew for each test of a file.
 * @param environment variables beyond those that the app can't do without.
 */
export function ownApp(environment: Record<string, string> = {}): OwnApp {
  let database: TestDatabase | undefined
  let mail: MailSandbox | undefined
  let dir = ''
  const restoreEnvironment = keepEnvironment()

  const setEnv = (change: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    forgetEnv()
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'backroom-app-'))
    database = await createDatabase()
    mail = await startMailSandbox({ port: 0, dir })
    setEnv({
      BACKROOM_MODE: 'local',
      BACKROOM_ENGINE: 'external',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a'.repeat(64),
      RESEND_BASE_URL: mail.url,
      // Nobody is there: who needs payments brings a sandbox.
      STRIPE_BASE_URL: 'http://127.0.0.1:1',
      // Cleaning up looks at every file there is.
      BACKROOM_DATA_DIR: process.env.BACKROOM_DATA_DIR ?? dir,
      APP_URL: ORIGIN,
      SIGN_UP_LIMIT: '1000',
      SIGN_IN_LIMIT: '1000',
      CHECKOUT_LIMIT: '1000',
      ...environment,
    })
  })

  afterEach(async () => {
    await stopRelay()
    await ledgerWritten({ withinMs: 5_000 })
    forgetLedger()
    forgetMemory()
    reopenNewsStreams()
    await closeDb()
    forgetAuth()
    resetClock()
    await mail?.stop()
    await database?.drop()
    rmSync(dir, { recursive: true, force: true })
    restoreEnvironment()
    forgetEnv()
  })

  return {
    mail: () => present(mail),
    databaseUrl: () => present(database).url,
    setEnv,
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is there within a test only')
  return value
}
