import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLedger } from '@/inngest/middleware/run-ledger'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { forgetMemory } from '@/lib/runs/memory'
import { keepLedger } from '@/lib/runs/upkeep'
import { forgetLedger, ledgerWritten } from '@/lib/runs/writer'
import { createDatabase, type TestDatabase } from '../support/database'
import { keepEnvironment } from '../support/keep-environment'
import { endListeners } from '../support/ledger'
import { type SdkApp, startSdkApp } from '../support/sdk-app'
import { sharedCases } from './cases'
import { differences } from './compare'
import type { Case, World } from './contract'
import { type ContractServer, openServer } from './server'
import { worldOf } from './world'

const foreign = process.env.INNGEST_SERVER_URL
const applying = sharedCases.filter(({ tag }) => tag === 'portable' || !foreign)
const LATER_MS = 2 * 366 * 24 * 3_600_000
const SOON = { timeout: 10_000, interval: 100 }

/** The contract's functions once more, with the run ledger on: what it says is held against what the server says. */
describe.each([
  ['one answer a call', false],
  ['streamed answers', true],
])(`the run ledger beside ${foreign ?? 'our engine'}, %s`, (_, streaming) => {
  const appId = `ledger-${streaming ? 'streamed' : 'plain'}`
  const restoreEnvironment = keepEnvironment()
  const worlds = new Map<Case, World>()
  const asked = new Set<string>()
  let server: ContractServer
  let app: SdkApp
  let database: TestDatabase

  beforeAll(async () => {
    server = await openServer()
    database = await createDatabase()
    Object.assign(process.env, {
      BACKROOM_MODE: 'local',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a'.repeat(64),
      INNGEST_BASE_URL: server.url,
      ...(server.signingKey ? { INNGEST_SIGNING_KEY: server.signingKey } : {}),
    })
    forgetEnv()
    for (const test of applying) worlds.set(test, worldOf(test, server))
    const functions = (inngest: SdkApp['inngest']) => [
      ...[...worlds].flatMap(([test, world]) => test.functions(inngest, world)),
      ...endListeners(inngest, appId),
    ]
    app = await startSdkApp(server, functions, { id: appId, streaming, middleware: [runLedger] })
    await app.register()
  })

  afterAll(async () => {
    await app?.close()
    await ledgerWritten({ withinMs: 5_000 })
    forgetLedger()
    forgetMemory()
    await closeDb()
    await server?.stop()
    await database?.drop()
    restoreEnvironment()
    forgetEnv()
  })

  for (const test of applying) {
    it.concurrent(test.title, async ({ expect }) => {
      const world = worlds.get(test)
      if (!world) return
      const seen = new Set<string>()
      await test.run(watched(world, seen))
      for (const runId of seen) asked.add(runId)
      await untilSame(server, seen, expect)
    })
  }

  it('has every run that the server has, those too that nobody asked for', async () => {
    for (const runId of await runIdsOf(server)) asked.add(runId)
    expect(asked.size).toBeGreaterThan(applying.length / 2)
    await untilSame(server, asked, expect)
  })

  it('awaits nothing any more once the server was asked, and says the same as before', async () => {
    await keepLedger(new Date(Date.now() + LATER_MS))
    expect(await db().awaitedRun.findMany()).toEqual([])
    expect(await allDifferences(server, asked)).toEqual([])
  })
})

/** The case's world, with an ear for the runs that it asks for. */
function watched(world: World, seen: Set<string>): World {
  const runsOf = async (eventId: string) => {
    const runs = await world.runsOf(eventId)
    for (const { run_id } of runs) seen.add(run_id)
    return runs
  }
  return { ...world, runsOf, ended: (eventId, count) => world.ended(eventId, count, runsOf) }
}

/** Waits until both say the same of each run; of those on which they agree nothing is asked again. */
async function untilSame(server: ContractServer, runIds: Set<string>, on: typeof expect): Promise<void> {
  const left = new Set(runIds)
  const differing = async () => {
    const found: string[] = []
    for (const runId of left) {
      const wrong = await differences(server, runId)
      if (wrong.length === 0) left.delete(runId)
      found.push(...wrong)
    }
    return found
  }
  await on.poll(differing, SOON).toEqual([])
}

async function allDifferences(server: ContractServer, runIds: Set<string>): Promise<string[]> {
  const found: string[] = []
  for (const runId of runIds) found.push(...(await differences(server, runId)))
  return found
}

async function runIdsOf({ database }: ContractServer): Promise<string[]> {
  const found = await database?.query<{ id: string }>('SELECT id FROM engine.run')
  return found?.rows.map(({ id }) => id) ?? []
}
