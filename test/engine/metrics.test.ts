import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransportError } from '@/engine/execution/transport'
import { ownDatabase } from '../support/database'
import { EVENT_KEY, type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ event, step }) => {
    if (event.data.fails) throw new Error('boom')
    await step.sleep('nap', '10s')
  }),
]

beforeEach(async () => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
})

afterEach(async () => {
  await engine.stop(0)
})

/** The figures by their names and labels, as Prometheus reads them. */
const figures = async () => {
  const text = await (await engine.fetch('/metrics')).text()
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

describe('the metrics', () => {
  it('are for those alone who have the signing key, in the form that Prometheus reads', async () => {
    expect((await fetch(`${engine.url}/metrics`)).status).toBe(401)
    const response = await engine.fetch('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await response.text()).toContain('# TYPE engine_call_duration_seconds histogram')
  })

  it('tell of runs by what became of them, and of those that have not ended', async () => {
    await engine.send({ name: 'test/go' }, { name: 'test/go', data: { fails: true } }, { name: 'test/go' })
    await engine.move()
    const [run] = ((await (await engine.fetch('/v1/runs?status=Running')).json()) as { data: { run_id: string }[] })
      .data
    await engine.fetch(`/v1/runs/${run?.run_id}`, { method: 'DELETE' })
    expect(await figures()).toMatchObject({
      'engine_runs_total{status="created"}': 3,
      'engine_runs_total{status="failed"}': 1,
      'engine_runs_total{status="cancelled"}': 1,
      'engine_active_runs{status="running"}': 1,
      'engine_queue_items{state="later"}': 1,
      'engine_queue_items{state="due"}': 0,
    })
    await engine.move('10s')
    expect(await figures()).toMatchObject({
      'engine_runs_total{status="completed"}': 1,
      'engine_active_runs{status="running"}': 0,
    })
  })

  it('tell of calls, commits, and what waits for an app that is away', async () => {
    const held = gate()
    engine.fault = () => held.opened.then(() => Promise.reject(new TransportError('refused', 'connect ECONNREFUSED')))
    await engine.send({ name: 'test/go' })
    await expect.poll(async () => (await figures())['engine_queue_items{state="calling"}']).toBe(1)
    held.open()
    engine.fault = () => undefined
    await engine.move()
    const read = await figures()
    expect(read['engine_call_duration_seconds_count{target="app",outcome="stranger"}']).toBeGreaterThan(0)
    expect(read['engine_call_duration_seconds_count{target="app",outcome="ops"}']).toBe(1)
    expect(read.engine_commits_total).toBeGreaterThan(1)
    expect(read.engine_operations_per_commit_count).toBe(read.engine_commits_total)
  })

  it('tell for how long the oldest due item waits, and how many items were rescued', async () => {
    await engine.stop()
    engine = await TestEngine.start({ databaseUrl: database.url, transportWaitMs: () => 3_600_000 })
    await engine.send({ name: 'test/go' })
    await expect.poll(async () => (await figures())['engine_queue_items{state="away"}']).toBe(1)
    await expect.poll(async () => (await figures()).engine_oldest_due_item_age_seconds).toBeGreaterThan(0.05)
    await engine.stop(0)
    engine = await TestEngine.start({ databaseUrl: database.url })
    expect((await figures()).engine_rescued_items_total).toBe(1)
  })

  it('count requests without a good key, by reason', async () => {
    await engine.fetch('/e/wrong', { method: 'POST', body: '[]' })
    await engine.fetch(`/e/${EVENT_KEY}x`, { method: 'POST', body: '[]' })
    await fetch(`${engine.url}/v1/runs`)
    await fetch(`${engine.url}/v1/runs`, { headers: { authorization: 'Bearer nonsense' } })
    expect(await figures()).toMatchObject({
      'engine_unauthorised_requests_total{reason="event-key"}': 2,
      'engine_unauthorised_requests_total{reason="signing-key-missing"}': 1,
      'engine_unauthorised_requests_total{reason="signing-key-wrong"}': 1,
      'engine_unauthorised_requests_total{reason="app-refused-signature"}': 0,
    })
  })
})
