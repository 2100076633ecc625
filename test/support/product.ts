import type { Inngest, InngestFunction } from 'inngest'
import { afterEach, beforeEach, vi } from 'vitest'
import { schedules as listed, type ScheduleId } from '@/inngest/schedules'
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

/** The whole product but for its sockets and its pages: app, outbox, engine, mail sandbox, on one database. */
export function ownProduct({ functions: more = () => [], schedules = [] }: OwnProduct = {}) {
  const app = ownApp()
  let engine: TestEngine | undefined
  let forgetEnv: () => void = () => {}
  let list: { served: InngestFunction.Any[]; all: InngestFunction.Any[] } | undefined

  beforeEach(async () => {
    engine = await TestEngine.start({ databaseUrl: app.databaseUrl(), storeLimitMs: 20_000 })
    app.setEnv({
      BACKROOM_ENGINE: 'embedded',
      INNGEST_DEV: '0',
      INNGEST_BASE_URL: engine.url,
      INNGEST_EVENT_KEY: EVENT_KEY,
      INNGEST_SIGNING_KEY: SIGNING_KEY,
    })
    // The SDK keeps the address of its server from the first call on; each test has a server of its own.
    vi.resetModules()
    const [{ functions }, { inngest }, env] = await Promise.all([
      import('@/inngest'),
      import('@/inngest/client'),
      import('@/lib/env'),
    ])
    forgetEnv = env.forgetEnv
    const served = functions as InngestFunction.Any[]
    list = { served, all: [...served] }
    const isServed = (fn: InngestFunction.Any) => !isScheduled(fn) || schedules.some((id) => fn.id() === id)
    served.splice(0, Infinity, ...served.filter(isServed))
    served.push(...more(inngest as never))
    const [{ sendEvents }, route] = await Promise.all([import('@/inngest/send'), import('@/app/api/inngest/route')])
    startRelay({ send: sendEvents })
    const doors = { POST: route.POST, PUT: route.PUT } as Record<
      string,
      (request: never, context: unknown) => Promise<Response>
    >
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
    // Other files of the same process read the list, too.
    list?.served.splice(0, Infinity, ...list.all)
  })

  return {
    ...app,
    /** Changes the environment for the rest of the test, for the functions and doors that it serves as well. */
    setEnv: (change: Record<string, string | undefined>) => {
      app.setEnv(change)
      forgetEnv()
    },
    engine: () => {
      if (!engine) throw new Error('the engine is there within a test only')
      return engine
    },
  }
}

const isScheduled = (fn: InngestFunction.Any) => triggersOf(fn).some(({ cron }) => cron !== undefined)
