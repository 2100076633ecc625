import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]

beforeEach(() => {
  ran = []
})

afterEach(async () => {
  await engine.stop(0)
})

const start = async (functions: Functions, more: object = {}) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions, ...more })
}

const hashed = (stepId: string) => createHash('sha1').update(stepId).digest('hex')

const post = async (path: string, body: unknown = {}) => {
  const response = await engine.fetch(path, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { error?: string; runId?: string } }
}

const runOf = async (eventId: string | undefined) => (await engine.runsOf(eventId))[0]
const run = async (runId = '') => ((await (await engine.fetch(`/v1/runs/${runId}`)).json()) as { data: object }).data

const napping: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
    await step.run('before', () => void ran.push('before'))
    await step.sleep('nap', '30d')
    await step.waitForEvent('wait', { event: 'test/never', timeout: '1d' })
    return 'done'
  }),
]

describe('skipping a sleep', () => {
  it('lets the run go on at once, in live mode too, and its timer does nothing more', async () => {
    await start(napping, { mode: 'live' })
    const [id] = await engine.send({ name: 'test/go' })
    const runId = async () => (await runOf(id))?.run_id ?? ''
    await expect.poll(async () => engine.engine.world.runs.get(await runId())?.steps.size).toBe(2)
    expect((await post(`/dev/runs/${await runId()}/skip-sleep`, { stepId: hashed('nap') })).status).toBe(200)
    // Of the tables, not of memory, which is ahead of them until the commit.
    const items = async () => (await engine.engine.world.readers.query('SELECT kind, step_id FROM engine.item')).rows
    await expect.poll(items).toEqual([{ kind: 'wake', step_id: hashed('wait') }])
  })

  it('is refused for what does not sleep', async () => {
    await start(napping)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    const path = `/dev/runs/${(await runOf(id))?.run_id}/skip-sleep`
    expect(await post(path, { stepId: hashed('before') })).toMatchObject({
      status: 409,
      body: { error: 'the step "before" is not asleep' },
    })
    expect((await post(path, { stepId: hashed('nobody') })).status).toBe(404)
    expect((await post('/dev/runs/nobody/skip-sleep', { stepId: hashed('nap') })).status).toBe(404)
    expect(await post(path, { stepId: 'nap' })).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^stepId: /) },
    })
    expect(await post(path, {})).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^stepId: /) } })
    await engine.move('31d')
    await engine.move('2d')
    expect(await post(path, { stepId: hashed('nap') })).toMatchObject({
      status: 409,
      body: { error: expect.stringMatching(/has ended/) },
    })
  })
})

describe('running a run again', () => {
  const chain: Functions = (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ event, step }) => {
      const one = await step.run('one', () => ran.push('one'))
      const [two] = await Promise.all([step.run('two', () => ran.push('two')), step.sleep('nap', '1h')])
      await step.run('three', () => {
        ran.push('three')
        if (ran.filter((name) => name === 'three').length === 1) throw new Error('the first time')
      })
      return { one, two, n: event.data.n }
    }),
  ]

  beforeEach(async () => {
    await start(chain)
  })

  const failedRun = async () => {
    const [id] = await engine.send({ name: 'test/go', data: { n: 7 } })
    await engine.move('1h')
    const first = await runOf(id)
    expect(first?.status).toBe('Failed')
    return { eventId: id, runId: first?.run_id ?? '' }
  }

  it('from its start runs every step again, for the same event', async () => {
    const { runId, eventId } = await failedRun()
    const again = await post(`/dev/runs/${runId}/rerun`)
    await engine.move('1h')
    expect(await run(again.body.runId)).toMatchObject({ status: 'Completed', output: { n: 7 } })
    expect(ran).toEqual(['one', 'two', 'three', 'one', 'two', 'three'])
    expect(await engine.runsOf(eventId)).toHaveLength(2)
  })

  it('from a step keeps the results of what was done before it', async () => {
    const { runId } = await failedRun()
    const again = await post(`/dev/runs/${runId}/rerun`, { fromStep: hashed('three') })
    await engine.move()
    expect(await run(again.body.runId)).toMatchObject({ status: 'Completed', output: { one: 1, two: 2, n: 7 } })
    expect(ran).toEqual(['one', 'two', 'three', 'three'])
    expect(await run(runId)).toMatchObject({ status: 'Failed' })
  })

  it('is refused for a run that is under way, that is not there, or by a step that it has not', async () => {
    const { runId: failed } = await failedRun()
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    const runId = (await runOf(id))?.run_id
    expect(await post(`/dev/runs/${runId}/rerun`)).toMatchObject({
      status: 409,
      body: { error: expect.stringMatching(/has not ended/) },
    })
    expect((await post('/dev/runs/nobody/rerun')).status).toBe(404)
    expect((await post(`/dev/runs/${failed}/rerun`, { fromStep: hashed('nobody') })).status).toBe(404)
    expect(await post(`/dev/runs/${failed}/rerun`, { fromStep: 3 })).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^fromStep: /) },
    })
    await post('/dev/functions/app-f/pause')
    expect(await post(`/dev/runs/${failed}/rerun`)).toMatchObject({
      status: 409,
      body: { error: expect.stringMatching(/is paused/) },
    })
    await post('/dev/functions/app-f/resume')
    await engine.serve(() => [])
    expect(await post(`/dev/runs/${failed}/rerun`)).toMatchObject({
      status: 409,
      body: { error: expect.stringMatching(/not registered/) },
    })
  })
})
