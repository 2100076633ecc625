import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLedger } from '@/inngest/middleware/run-ledger'
import { functionCancelled, functionFailed, readRunEnd } from '@/inngest/system-events'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { keptValue } from '@/lib/runs/kept-value'
import { forgetMemory } from '@/lib/runs/memory'
import { keepLedger } from '@/lib/runs/upkeep'
import { ledgerWritten } from '@/lib/runs/writer'
import { createDatabase, type TestDatabase } from '../support/database'
import { type SdkApp, startSdkApp } from '../support/sdk-app'
import { cases } from './cases'
import type { Case } from './contract'
import { type ContractServer, openServer } from './server'
import { worldOf } from './world'

const foreign = process.env.INNGEST_SERVER_URL
const applying = cases.filter(({ tag }) => tag === 'portable' || !foreign)
const LATER_MS = 2 * 366 * 24 * 3_600_000

const statuses: Record<string, string[]> = {
  Running: ['queued', 'running', 'sleeping', 'waiting', 'retrying'],
  Completed: ['completed'],
  Failed: ['failed'],
  Cancelled: ['cancelled'],
}

/** The contract's functions once more, with the run ledger on: what it says is held against what the server says. */
describe.each([
  ['one answer a call', false],
  ['streamed answers', true],
])(`the run ledger beside ${foreign ?? 'our engine'}, %s`, (_, streaming) => {
  const appId = `ledger-${streaming ? 'streamed' : 'plain'}`
  const before = { ...process.env }
  const worlds = new Map<Case, ReturnType<typeof worldOf>>()
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
      ...listeners(inngest, appId),
    ]
    app = await startSdkApp(server, functions, { id: appId, streaming, middleware: [runLedger] })
    await app.register()
  })

  afterAll(async () => {
    await app?.close()
    await closeDb()
    await server?.stop()
    await database?.drop()
    forgetMemory()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    forgetEnv()
  })

  it('has every run that the server has, in the same state, with the same result and the same steps', async () => {
    const asked = new Set<string>()
    await Promise.all(
      [...worlds].map(async ([test, world]) => {
        const { runsOf } = world
        const spied = async (eventId: string) => {
          const runs = await runsOf(eventId)
          for (const { run_id } of runs) asked.add(run_id)
          return runs
        }
        await test.run({ ...world, runsOf: spied, ended: (id, count) => world.ended(id, count, spied) })
      }),
    )
    await ledgerWritten({ withinMs: 5_000 })
    await keepLedger(new Date(Date.now() + LATER_MS))
    const wrong: string[] = []
    for (const runId of asked) {
      const told = await (await fetchRun(server, runId)).json()
      const run = await db().run.findUnique({ where: { id: runId } })
      if (!run) wrong.push(`${runId} (${told.data.status}) is not in the ledger`)
      else if (!statuses[told.data.status]?.includes(run.status))
        wrong.push(`${run.functionId}: ${run.status}, but the server says ${told.data.status}`)
      else if (run.status === 'completed')
        expect(run.output ?? null, run.functionId).toEqual(keptValue(told.data.output ?? null))
      else if (run.status === 'failed') expect(run.error, run.functionId).toMatchObject({ message: expect.anything() })
    }
    expect(wrong).toEqual([])
    expect(asked.size).toBeGreaterThan(applying.length / 2)
    expect(await db().awaitedRun.count()).toBe(0)
    const open = await db().runStep.findMany({ where: { run: { status: 'completed' }, endedAt: null } })
    expect(open.map(({ name, status, kind }) => `${kind} ${name}: ${status}`)).toEqual([])
  }, 120_000)
})

const fetchRun = (server: ContractServer, runId: string) =>
  fetch(`${server.url}/v1/runs/${runId}`, { headers: { authorization: server.authorization } })

/** What the product's own functions do for the ledger. */
const listeners = (inngest: SdkApp['inngest'], appId: string) =>
  [functionFailed, functionCancelled].map((trigger, i) =>
    inngest.createFunction({ id: `end-${i}`, triggers: [trigger] }, async ({ event, step }) => {
      const end = readRunEnd(appId, event, new Date())
      await step.run('confirm', () => confirmEnd({ ...end, status: i === 0 ? 'failed' : 'cancelled' }))
    }),
  )
