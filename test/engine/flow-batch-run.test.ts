import { describe, expect, it } from 'vitest'
import { go, ownBatching } from '../support/batching'
import { type Functions, gate, type TestEngine } from '../support/engine'

const { batches, batching, start: started } = ownBatching()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

describe('the run of a batch', () => {
  it('that is too large for a call is fetched by the app', async () => {
    await start(batching({ batchEvents: { maxSize: 3, timeout: '3600s' } }))
    const text = 'x'.repeat(2_000_000)
    await engine.send(go(1, { data: { text } }), go(2, { data: { text } }), go(3, { data: { text } }))
    await engine.move()
    expect(batches).toEqual([[1, 2, 3]])
    expect(engine.calls.map(({ body }) => body.ctx.use_api)).toEqual([true])
  })

  it('takes its turn within a limit of concurrency', async () => {
    const held = gate()
    await start(batching({ batchEvents: { maxSize: 2, timeout: '3600s' }, concurrency: 1 }, () => held.opened))
    await engine.send(go(1), go(2), go(3), go(4))
    await expect.poll(() => batches).toEqual([[1, 2]])
    held.open()
    await engine.move()
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('takes its turn within a throttle', async () => {
    await start(batching({ batchEvents: { maxSize: 2, timeout: '3600s' }, throttle: { limit: 1, period: '1h' } }))
    await engine.send(go(1), go(2), go(3), go(4))
    await engine.move('59m')
    expect(batches).toEqual([[1, 2]])
    await engine.move('2m')
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('is found by each of its events', async () => {
    await start(batching())
    const ids = await engine.send(go(1), go(2), go(3))
    await engine.move()
    const runs = await Promise.all(ids.map((id) => engine.runsOf(id)))
    expect(runs[0]).toMatchObject([{ status: 'Completed', output: 3 }])
    expect(new Set(runs.flat().map((run) => run.run_id)).size).toBe(1)
    expect(runs.flat()).toHaveLength(3)
  })

  it('is listed among the timers', async () => {
    await start(batching())
    await engine.send(go(1))
    const { timers } = (await (await engine.fetch('/dev/timers')).json()) as { timers: object[] }
    expect(timers).toMatchObject([{ kind: 'batch', functionId: 'app-f', runId: null, stepName: null, attempt: 0 }])
  })

  it('tells of its end with all of its events', async () => {
    const told: unknown[] = []
    const onFailure = async ({ event }: { event: { data: { event: unknown; events: { data: { n: number } }[] } } }) => {
      told.push(event.data.events.map(({ data }) => data.n))
      expect(event.data.event).toEqual(event.data.events[0])
    }
    await start(
      batching({ retries: 0, onFailure }, () => {
        throw new Error('boom')
      }),
    )
    await engine.send(go(1), go(2))
    await engine.move('1h')
    expect(told).toEqual([[1, 2]])
  })

  it('answers each run that invoked it', async () => {
    await start((inngest) => {
      const [f] = batching({ batchEvents: { maxSize: 2, timeout: '3600s' } })(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ event, step }) =>
          step.invoke('call', { function: f, data: { n: event.data.n } }),
        ),
      ]
    })
    const [one] = await engine.send({ name: 'test/call', data: { n: 1 } })
    await engine.move()
    // As after a long wait: the first caller is not in memory any more.
    engine.engine.world.runs.clear()
    const [two] = await engine.send({ name: 'test/call', data: { n: 2 } })
    await engine.move()
    expect(batches).toEqual([[1, 2]])
    expect(await engine.runsOf(one)).toMatchObject([{ status: 'Completed', output: 2 }])
    expect(await engine.runsOf(two)).toMatchObject([{ status: 'Completed', output: 2 }])
  })
})
