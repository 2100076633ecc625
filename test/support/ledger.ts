import { Inngest, type InngestFunction } from 'inngest'
import { serve } from 'inngest/edge'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import { clockMiddleware } from '@/inngest/middleware/clock'
import { retryMiddleware } from '@/inngest/middleware/retry'
import { runLedger } from '@/inngest/middleware/run-ledger'
import { functionCancelled, functionFailed, readRunEnd } from '@/inngest/system-events'
import { resetClock } from '@/lib/clock'
import { closeDb } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { findRun, type RunView } from '@/lib/runs/get-run'
import { forgetMemory } from '@/lib/runs/memory'
import { forgetLedger, ledgerWritten } from '@/lib/runs/writer'
import { createDatabase, type TestDatabase } from './database'
import { EVENT_KEY, type Functions, SIGNING_KEY, TestEngine } from './engine'
import { keepEnvironment } from './keep-environment'

const operator = { isOperator: true }
const quiet = { info() {}, warn() {}, error() {}, debug() {} }

/** What a test puts round the app: it may call it more than once, or lose what it answers. */
export type Around = (call: () => Promise<Response>) => Promise<Response>

/** An engine, an app of the real SDK with the run ledger on, and a database: one of each for all tests of a file. */
export function ownLedger(functions: Functions) {
  const restoreEnvironment = keepEnvironment()
  const plain: Around = (call) => call()
  let around = plain
  let database: TestDatabase
  let engine: TestEngine
  let inngest: Inngest

  const pointAt = async (url: string) => {
    process.env.DATABASE_URL = url
    forgetEnv()
    await closeDb()
  }

  beforeAll(async () => {
    database = await createDatabase()
    engine = await TestEngine.start({ databaseUrl: database.url })
    Object.assign(process.env, environment(engine.url, database.url))
    forgetEnv()
    inngest = clientOf(engine.url)
    const handler = serve({ client: inngest, functions: [...functions(inngest), ...endListeners(inngest, 'app')] })
    await engine.serveBy((request) => {
      if (request.method !== 'POST') return handler(request)
      const again = request.clone()
      let isFirst = true
      return around(() => {
        const own = isFirst ? request : again.clone()
        isFirst = false
        return handler(own)
      })
    })
  })

  afterEach(() => {
    around = plain
    engine.fault = () => undefined
  })

  afterAll(async () => {
    await engine?.stop(0)
    await ledgerWritten({ withinMs: 5_000 })
    forgetLedger()
    forgetMemory()
    resetClock()
    await closeDb()
    await database?.drop()
    restoreEnvironment()
    forgetEnv()
  })

  /** What the ledger says, once it has written all that it was told. */
  const viewOf = async (runId: string): Promise<RunView> => {
    await ledgerWritten({ withinMs: 5_000 })
    const view = await findRun(operator, runId)
    if (!view) throw new Error(`the ledger has no run ${runId}`)
    return view
  }

  return {
    engine: () => engine,
    inngest: () => inngest,
    databaseUrl: () => database.url,
    pointAt,
    /** The app is called by this from here on, until the test ends. */
    callBy: (next: Around) => {
      around = next
    },
    viewOf,
    /** Sends an event; the id of the one run that it starts. */
    start: async (name: string, data: Record<string, unknown> = {}): Promise<string> => {
      const [id] = await engine.send({ name, data })
      const [run] = await engine.runsOf(id)
      if (!run) throw new Error(`${name} has started nothing`)
      return run.run_id
    },
    /** Waits until nothing is due any more, or moves time on, and then sees what the ledger says. */
    settled: async (runId: string, by: string | number = 0): Promise<RunView> => {
      const { settled, unsettled } = await engine.move(by)
      if (!settled) throw new Error(unsettled.join())
      return viewOf(runId)
    },
  }
}

const environment = (engineUrl: string, databaseUrl: string) => ({
  BACKROOM_MODE: 'local',
  BACKROOM_ENGINE: 'embedded',
  DATABASE_URL: databaseUrl,
  SESSION_SECRET: 'a'.repeat(64),
  INNGEST_DEV: '0',
  INNGEST_BASE_URL: engineUrl,
  INNGEST_EVENT_KEY: EVENT_KEY,
  INNGEST_SIGNING_KEY: SIGNING_KEY,
})

function clientOf(baseUrl: string): Inngest {
  const keys = { eventKey: EVENT_KEY, signingKey: SIGNING_KEY, isDev: false }
  const middleware = [clockMiddleware, runLedger, retryMiddleware]
  return new Inngest({ id: 'app', baseUrl, logger: quiet, middleware, ...keys })
}

/** What the product's own functions do for the ledger when a run fails or is cancelled. */
export function endListeners(inngest: Inngest, appId: string): InngestFunction.Any[] {
  return [functionFailed, functionCancelled].map((trigger, i) =>
    inngest.createFunction({ id: `end-${i}`, triggers: [trigger] }, async ({ event, step }) => {
      const end = readRunEnd(appId, event, new Date())
      await step.run('confirm', () => confirmEnd({ ...end, status: i === 0 ? 'failed' : 'cancelled' }))
    }),
  )
}

/** The app's process ends with the answer: what it had noted and not written is lost, and so is what it knew. */
export const killedAfter: Around = async (call) => {
  const answer = await call()
  forgetLedger()
  forgetMemory()
  return answer
}

/** The app does its work, and nobody hears of it. */
export const lost: Around = async (call) => {
  await call()
  throw new TransportError('reset', 'the connection was cut')
}

/** Does something while the job server can’t be reached by the app. */
export async function withoutServer<T>(work: () => Promise<T>): Promise<T> {
  const { INNGEST_BASE_URL: url } = process.env
  process.env.INNGEST_BASE_URL = 'http://127.0.0.1:1'
  forgetEnv()
  try {
    return await work()
  } finally {
    process.env.INNGEST_BASE_URL = url
    forgetEnv()
  }
}
