import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, gate, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[]
let held: ReturnType<typeof gate>

beforeEach(() => {
  ran = []
  held = gate()
})

afterEach(async () => {
  held.open()
  await engine.stop(0)
})

const start = async (functions: Functions) => {
  engine = await TestEngine.start({ databaseUrl: database.url, functions })
}

const post = async (path: string, body: unknown = {}) => {
  const response = await engine.fetch(path, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { error?: string } }
}
const pause = (id = 'f') => post(`/dev/functions/app-${id}/pause`)
const resume = (id = 'f') => post(`/dev/functions/app-${id}/resume`)

const send = (label: string, name = 'test/go', more: object = {}) => engine.send({ name, data: { label }, ...more })
const runOf = async (eventId: string | undefined) => (await engine.runsOf(eventId))[0]
const labelOf = ({ data }: { data: object }) => ('label' in data ? String(data.label) : 'tick')
const timers = async () => ((await (await engine.fetch('/dev/timers')).json()) as { timers: unknown[] }).timers

describe('a function that is paused', () => {
  const functions: Functions = (inngest) => {
    const f = inngest.createFunction(
      { id: 'f', triggers: [{ event: 'test/go' }, { cron: '0 * * * *' }] },
      async ({ event, step }) => {
        await step.sleep('nap', '30m')
        ran.push(labelOf(event))
      },
    )
    const caller = inngest.createFunction(
      { id: 'caller', triggers: [{ event: 'test/call' }], retries: 0 },
      ({ step }) =>
        step.invoke('call', { function: f, data: { label: 'invoked' } }).catch((error: Error) => error.message),
    )
    return [f, caller]
  }

  const shown = async () =>
    ((await (await engine.fetch('/dev/functions')).json()) as { functions: { id: string; isPaused: boolean }[] })
      .functions

  it('starts nothing by events, ticks or other functions, and what it missed stays missed', async () => {
    await start(functions)
    expect(await pause()).toMatchObject({ status: 200, body: { id: 'app-f', isPaused: true } })
    await send('meanwhile', 'test/go', { id: 'fact' })
    const [call] = await engine.send({ name: 'test/call' })
    await engine.move('3h')
    expect(await runOf(call)).toMatchObject({ output: 'the function app-f is paused' })
    await resume()
    await send('after', 'test/go', { id: 'fact' })
    await engine.move('31m')
    expect(ran).toContain('after')
    expect(ran).not.toContain('meanwhile')
  })

  it('stays paused over a restart and a deploy', async () => {
    await start(functions)
    await pause()
    await engine.stop()
    await start(functions)
    await engine.serve((inngest) => [
      ...functions(inngest),
      inngest.createFunction({ id: 'new', triggers: [{ event: 'test/new' }] }, async () => {}),
    ])
    expect(await shown()).toMatchObject([
      { id: 'app-caller', isPaused: false },
      { id: 'app-f', isPaused: true },
      { id: 'app-new', isPaused: false },
    ])
    await send('meanwhile')
    await engine.move('1h')
    expect(ran).toEqual([])
  })

  it('is known by its id', async () => {
    await start(functions)
    expect((await pause('nobody')).status).toBe(404)
    expect((await resume('nobody')).status).toBe(404)
    expect((await fetch(`${engine.url}/dev/functions/app-f/pause`, { method: 'POST' })).status).toBe(401)
  })
})

describe('the runs of a function that is paused', () => {
  const steps: Functions = (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 1 }, async ({ step }) => {
      await step.run('first', () => void ran.push('first'))
      await step.sleep('nap', '1h')
      const reply = await step.waitForEvent('reply', { event: 'test/reply', timeout: '7d' })
      await step.run('last', () => {
        ran.push('last')
        if (ran.filter((name) => name === 'last').length === 1) throw new Error('once')
      })
      return reply?.data.n
    }),
  ]

  it('are held where they are, and go on when it is resumed with all that came for them', async () => {
    await start(steps)
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move()
    await pause()
    expect(await engine.move('1d')).toMatchObject({ settled: true })
    expect(ran).toEqual(['first'])
    expect(await timers()).toEqual([])
    await resume()
    await engine.move()
    await pause()
    await engine.send({ name: 'test/reply', data: { n: 7 } })
    await engine.move('1d')
    expect(ran).toEqual(['first'])
    await engine.stop()
    await start(steps)
    await engine.move('1d')
    expect(ran).toEqual(['first'])
    await resume()
    await engine.move('1h')
    expect(await runOf(id)).toMatchObject({ status: 'Completed', output: 7 })
    expect(ran).toEqual(['first', 'last', 'last'])
  })

  it('are held before their next attempt too, and can be cancelled meanwhile', async () => {
    await start((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async () => {
        ran.push('try')
        throw new Error('no')
      }),
    ])
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toEqual(['try'])
    await pause()
    await engine.move('1d')
    expect(ran).toEqual(['try'])
    await engine.fetch(`/v1/runs/${(await runOf(id))?.run_id}`, { method: 'DELETE' })
    await resume()
    await engine.move('1d')
    expect([ran, (await runOf(id))?.status]).toEqual([['try'], 'Cancelled'])
  })

  it('that are being called are called to the end, and the answer is kept', async () => {
    await start((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
        await step.run('long', async () => {
          ran.push('long')
          await held.opened
        })
        await step.sleep('nap', '1h')
        ran.push('end')
      }),
    ])
    const [id] = await engine.send({ name: 'test/go' })
    await expect.poll(() => ran).toEqual(['long'])
    await pause()
    held.open()
    await engine.move('2h')
    expect(ran).toEqual(['long'])
    await resume()
    await engine.move()
    expect([ran, (await runOf(id))?.status]).toEqual([['long', 'end'], 'Completed'])
  })

  it('take no place from others, and are told apart in the metrics', async () => {
    const concurrency = { limit: 1, scope: 'account' as const, key: '"shared"' }
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], concurrency },
        async ({ event }) => void ran.push(labelOf(event)),
      ),
      inngest.createFunction({ id: 'g', triggers: [{ event: 'test/other' }], concurrency }, async ({ event }) => {
        ran.push(labelOf(event))
        await held.opened
      }),
    ])
    await send('g1', 'test/other')
    await expect.poll(() => ran).toEqual(['g1'])
    await engine.send(...['f1', 'f2', 'f3'].map((label) => ({ name: 'test/go', data: { label } })))
    await pause()
    await send('g2', 'test/other')
    held.open()
    await engine.move()
    expect(ran).toEqual(['g1', 'g2'])
    const text = await (await engine.fetch('/metrics')).text()
    expect(text).toContain('engine_queue_items{state="held"} 3')
    expect(text).toContain('engine_queue_items{state="due"} 0')
    await resume()
    await engine.move()
    expect(ran).toEqual(['g1', 'g2', 'f1', 'f2', 'f3'])
  })
})

it('a sleep of a paused function can be skipped; the run goes on when it is resumed', async () => {
  await start((inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }] }, async ({ step }) => {
      await step.sleep('nap', '30d')
      ran.push('awake')
    }),
  ])
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move()
  await pause()
  const stepId = createHash('sha1').update('nap').digest('hex')
  expect((await post(`/dev/runs/${(await runOf(id))?.run_id}/skip-sleep`, { stepId })).status).toBe(200)
  await engine.move()
  expect(ran).toEqual([])
  await resume()
  await engine.move()
  expect(ran).toEqual(['awake'])
})
