import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '@/engine/api/exchange'
import { routesFor } from '@/engine/api/routes'
import { unsupportedRoutes } from '@/engine/api/unsupported'
import { createDatabase, type TestDatabase } from '../../support/database'
import { EVENT_KEY, SIGNING_KEY, TestEngine } from '../../support/engine'
import { fuzzParameters, mutated, text } from './mutations'

let database: TestDatabase
let engine: TestEngine
let known: Record<string, string>
/** What the engine itself has logged as an error. */
const faults: string[] = []

beforeAll(async () => {
  database = await createDatabase()
  engine = await TestEngine.start({
    databaseUrl: database.url,
    log: pino({ level: 'error' }, { write: (line) => void faults.push(line) }),
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.run('a', () => 1)
        return 'done'
      }),
      inngest.createFunction({ id: 'waiter', triggers: [{ event: 'test/wait' }] }, async ({ step }) => {
        await step.waitForSignal('w', { signal: 's', timeout: '1d', onConflict: 'replace' })
        await step.sleep('nap', '30d')
      }),
    ],
  })
  const [event] = await engine.send({ name: 'test/wait' })
  await engine.move()
  const [run] = await engine.runsOf(event)
  known = { key: EVENT_KEY, eventId: event ?? '', runId: run?.run_id ?? '', functionId: 'app-f', appId: 'app' }
})

afterAll(async () => {
  await engine.stop(0)
  await database.drop()
})

const keys = { eventKey: EVENT_KEY, signingKey: SIGNING_KEY, signingKeyFallback: undefined }
const routes = routesFor({ keys, mode: 'local', hostNames: [] })
const fnUrl = 'http://app.test/api/inngest?fnId=app-x&stepId=step'
const op = { id: 'a'.repeat(40), op: 'StepRun', name: 'a', displayName: 'a', opts: {}, data: 1 }

/** A good body of each route that takes one, to be mutated. */
const samples: Record<string, unknown> = {
  '/e/:key': [{ name: 'test/go', data: { a: 1 }, id: 'fact', ts: Date.now(), v: '1', user: {} }],
  '/v1/checkpoint/:runId/async': { qi_id: 'x', request_id: 'y', steps: [op] },
  '/fn/register': {
    appName: 'fuzzed',
    url: 'http://app.test/api/inngest',
    sdk: 'js',
    functions: [
      {
        id: 'app-x',
        triggers: [{ event: 'fuzz/x', expression: 'event.data.a > 1' }],
        steps: { step: { id: 'step', runtime: { type: 'http', url: fnUrl }, retries: { attempts: 1 } } },
        concurrency: [{ limit: 1, key: 'event.data.a' }],
        cancel: [{ event: 'fuzz/c', if: 'event.data.a == async.data.a', timeout: '1h' }],
      },
    ],
  },
  '/v1/signals': { signal: 's', data: { a: 1 } },
  '/v1/cancellations': {
    app_id: 'app',
    function_id: 'f',
    started_before: '2026-01-01T00:00:00Z',
    if: 'event.data.a == 1',
  },
  '/dev/clock': { by: '1s', crons: 'latest', limitMs: 50 },
  '/dev/runs/:runId/skip-sleep': { stepId: 'a'.repeat(40) },
  '/dev/runs/:runId/rerun': { fromStep: 'a'.repeat(40) },
}

const bytes = fc.uint8Array({ maxLength: 200 })

const bodyOf = ({ path }: Route): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof(
    { arbitrary: mutated(samples[path] ?? {}).map((value) => JSON.stringify(value) ?? ''), weight: 8 },
    { arbitrary: text, weight: 1 },
    { arbitrary: bytes, weight: 1 },
    { arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => '['.repeat(depth)), weight: 1 },
  )

const pathOf = (route: Route): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...route.path.split('/').map((part) => {
        if (!part.startsWith(':')) return fc.constant(part)
        const good = known[part.slice(1)] ?? 'x'
        const any = text.map((value) => encodeURIComponent(value.toWellFormed()))
        return fc.oneof({ arbitrary: fc.constant(good), weight: 8 }, { arbitrary: any, weight: 1 }, fc.constant('%ff'))
      }),
    )
    .map((parts) => parts.join('/'))

const names = [
  'name',
  'limit',
  'cursor',
  'status',
  'function',
  'from',
  'until',
  'received_after',
  'received_before',
  'x',
]
const queryOf = fc
  .array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 3 })
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString())

const headerOf = fc.oneof(
  { arbitrary: fc.constant({}), weight: 6 },
  fc.constant({ 'x-inngest-event-id-seed': '1,MDEyMzQ1Njc4OQ==' }),
  fc.string().map((seed) => ({ 'x-inngest-event-id-seed': seed.replace(/[^\x20-\x7e]/g, '') })),
  fc.constant({ 'content-type': 'text/html' }),
)

// Doors that read a body have the most to get wrong.
const anyRoute = fc.oneof(
  { arbitrary: fc.constantFrom(...routes.filter(({ path }) => path in samples)), weight: 3 },
  { arbitrary: fc.constantFrom(...routes), weight: 1 },
)

const requests = anyRoute.chain((route) =>
  fc.record({
    method: fc.constant(route.method),
    isRefused: fc.constant(unsupportedRoutes.includes(route)),
    path: pathOf(route),
    query: queryOf,
    headers: headerOf,
    body: route.method === 'GET' ? fc.constant(undefined) : bodyOf(route),
  }),
)

describe('whatever is sent to whichever door', () => {
  it('is answered, never by a fault of the engine’s own, and a run goes through after it all', async () => {
    const ask = fc.asyncProperty(requests, async ({ method, isRefused, path, query, headers, body }) => {
      const response = await engine.fetch(query ? `${path}?${query}` : path, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: body as BodyInit }),
      })
      const said = await response.text()
      if (isRefused) expect([404, 501]).toContain(response.status)
      else expect(response.status, said).toBeLessThan(500)
      if (response.status >= 400) expect(JSON.parse(said)).toMatchObject({ error: expect.any(String) })
    })
    await fc.assert(ask, fuzzParameters(1_500))
    expect(faults).toEqual([])

    await engine.serve((inngest) => [
      inngest.createFunction({ id: 'sound', triggers: [{ event: 'test/sound' }] }, async ({ step }) => {
        await step.sleep('nap', '1h')
        return step.run('a', () => 'still well')
      }),
    ])
    const [id] = await engine.send({ name: 'test/sound' })
    expect(await engine.move('2h')).toMatchObject({ settled: true })
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'still well' }])
  }, 120_000)
})
