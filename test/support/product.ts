import type { Inngest, InngestFunction } from 'inngest'
import { afterEach, beforeEach } from 'vitest'
import { serveFunctions } from '@/app/api/inngest/serve-functions'
import { functions } from '@/inngest'
import { inngest } from '@/inngest/client'
import { schedules as listed, type ScheduleId } from '@/inngest/schedules'
import { sendEvents } from '@/inngest/send'
import { triggersOf } from '@/inngest/triggers'
import { startRelay } from '@/lib/outbox/relay'
import { ownApp } from './app'
import { EVENT_KEY, SIGNING_KEY, TestEngine } from './engine'

type OwnProduct = {
  /** Functions that a test needs beside the product's own; they are served with them, by the same client. */
  functions?: (inngest: Inngest) => InngestFunction.Any[]
  /** Those of these schedules, too. Others are not served: time that is moved would do their work as well. */
  schedules?: readonly ScheduleId[]
}

/** For tests in which no schedule may be late. */
export const everySchedule: readonly ScheduleId[] = listed.map(({ id }) => id as ScheduleId)

type Door = (request: never, context: unknown) => Promise<Response>

const served = functions as InngestFunction.Any[]
const every = [...served]
/** So many has the client made. */
const ofClient = inngest.funcs.length

/** The whole product but for its sockets and its pages: app, outbox, engine, mail sandbox, on one database. */
export function ownProduct({ functions: more = () => [], schedules = [] }: OwnProduct = {}) {
  const app = ownApp()
  let engine: TestEngine | undefined

  beforeEach(async () => {
    engine = await TestEngine.start({ databaseUrl: app.databaseUrl(), storeLimitMs: 20_000 })
    app.setEnv({
      BACKROOM_ENGINE: 'embedded',
      INNGEST_DEV: '0',
      INNGEST_BASE_URL: engine.url,
      INNGEST_EVENT_KEY: EVENT_KEY,
      INNGEST_SIGNING_KEY: SIGNING_KEY,
    })
    // As the SDK does it for an environment that changes: each test has a server of its own.
    inngest.setEnvVars()
    const isServed = (fn: InngestFunction.Any) => !isScheduled(fn) || schedules.some((id) => fn.id() === id)
    served.splice(0, Infinity, ...every.filter(isServed), ...more(inngest as never))
    startRelay({ send: sendEvents })
    const doors: Record<string, Door> = serveFunctions(served)
    const answer = await engine.serveBy(async (request) => {
      const door = doors[request.method]
      return door ? door(request as never, {}) : new Response(null, { status: 405 })
    })
    if (!answer.ok) throw new Error(await answer.text())
  })

  afterEach(async () => {
    await engine?.stop(0)
    // What is still being done would meet the next test's database.
    await engine?.allAnswered({ withinMs: 5_000 })
    // Other files of the same process have the same list, and the same client.
    served.splice(0, Infinity, ...every)
    inngest.funcs.splice(ofClient)
  })

  return {
    ...app,
    engine: () => {
      if (!engine) throw new Error('the engine is there within a test only')
      return engine
    },
  }
}

const isScheduled = (fn: InngestFunction.Any) => triggersOf(fn).some(({ cron }) => cron !== undefined)
