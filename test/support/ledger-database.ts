import { afterAll, afterEach, beforeAll } from 'vitest'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { forgetMemory } from '@/lib/runs/memory'
import { forgetLedger, ledgerWritten } from '@/lib/runs/writer'
import { createDatabase, type TestDatabase } from './database'
import { keepEnvironment } from './keep-environment'

/** The run ledger over one database for all tests of a file, empty before each. */
export function ownLedgerDatabase(): { url: () => string } {
  const restoreEnvironment = keepEnvironment()
  let database: TestDatabase

  beforeAll(async () => {
    database = await createDatabase()
    Object.assign(process.env, {
      BACKROOM_MODE: 'local',
      BACKROOM_ENGINE: 'external',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a'.repeat(64),
    })
    forgetEnv()
  })

  afterEach(async () => {
    await ledgerWritten({ withinMs: 5_000 })
    forgetMemory()
    await db().replay.deleteMany()
    await db().deadLetter.deleteMany()
    await db().deadLetterGroup.deleteMany()
    await db().run.deleteMany()
    await db().awaitedRun.deleteMany()
    await db().runCount.deleteMany()
  })

  afterAll(async () => {
    forgetLedger()
    await closeDb()
    await database?.drop()
    restoreEnvironment()
    forgetEnv()
  })

  return { url: () => database.url }
}
