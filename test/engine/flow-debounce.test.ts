import { describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const { ran, start: started } = ownEngine()
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await started(functions)
}

type Debounce = { period: `${number}s`; timeout?: `${number}s`; key?: string }

const noting =
  (debounce: Debounce = { period: '600s' }, more: object = {}): Functions =>
  (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], debounce, ...more }, async ({ event }) => {
      ran.push(String(event.data.n))
      return event.data.n
    }),
  ]

const go = (n: string, more: { id?: string; ts?: number; data?: object } = {}) => ({
  name: 'test/go',
  ...more,
  data: { n, ...more.data },
})

describe('a debounce', () => {
  it('starts one run, for the last event, when no more have come for its period', async () => {
    await start(noting())
    await engine.send(go('a'))
    await engine.move('9m')
    await engine.send(go('b'), go('c'))
    await engine.move('9m')
    expect(ran).toEqual([])
    await engine.move('1m')
    expect(ran).toEqual(['c'])
    await engine.move('60m')
    expect(ran).toEqual(['c'])
  })

  it('waits no longer than its timeout, counted from its first event', async () => {
    await start(noting({ period: '600s', timeout: '1500s' }))
    for (const n of ['a', 'b', 'c']) {
      await engine.send(go(n))
      await engine.move('8m')
    }
    expect(ran).toEqual([])
    await engine.send(go('d'))
    await engine.move('1m')
    expect(ran).toEqual(['d'])
    await engine.send(go('e'))
    await engine.move('10m')
    expect(ran).toEqual(['d', 'e'])
  })

  it('is kept for each key', async () => {
    await start(noting({ period: '600s', key: 'event.data.k' }))
    await engine.send(go('a1', { data: { k: 'a' } }), go('b1', { data: { k: 'b' } }))
    await engine.move('6m')
    await engine.send(go('a2', { data: { k: 'a' } }))
    await engine.move('4m')
    expect(ran).toEqual(['b1'])
    await engine.move('6m')
    expect(ran).toEqual(['b1', 'a2'])
  })

  it('keeps the event with the newest time, and an older one puts it off all the same', async () => {
    await start(noting())
    const now = engine.engine.clock.now()
    await engine.send(go('new', { ts: now }))
    await engine.move('6m')
    await engine.send(go('old', { ts: now - 1_000 }))
    await engine.move('6m')
    expect(ran).toEqual([])
    await engine.move('4m')
    expect(ran).toEqual(['new'])
  })

  it('is not put off by an event that is sent again', async () => {
    await start(noting())
    await engine.send(go('a', { id: 'one' }))
    await engine.move('6m')
    await engine.send(go('a', { id: 'one' }))
    await engine.move('4m')
    expect(ran).toEqual(['a'])
  })

  it('survives a restart', async () => {
    await start(noting())
    await engine.send(go('a'))
    await engine.move('6m')
    await engine.stop()
    await start(noting())
    await engine.send(go('b'))
    await engine.move('6m')
    await engine.stop()
    await start(noting())
    expect(ran).toEqual([])
    await engine.move('4m')
    expect(ran).toEqual(['b'])
  })

  it('is listed among the timers', async () => {
    await start(noting())
    await engine.send(go('a'))
    const { timers } = (await (await engine.fetch('/dev/timers')).json()) as { timers: object[] }
    expect(timers).toMatchObject([{ kind: 'debounce', functionId: 'app-f', runId: null, stepName: null, attempt: 0 }])
  })

  it('starts once within a day where an idempotency key says so', async () => {
    await start(noting({ period: '600s' }, { idempotency: 'event.data.k' }))
    await engine.send(go('a', { data: { k: 1 } }))
    await engine.move('10m')
    await engine.send(go('b', { data: { k: 1 } }), go('c', { data: { k: 2 } }))
    await engine.move('10m')
    expect(ran).toEqual(['a', 'c'])
  })

  it('does not put off the ticks of a schedule', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ cron: '0 0 * * *' }], debounce: { period: '604800s' } },
        async ({ event }) => void ran.push(event.name),
      ),
    ])
    await engine.move('24h')
    expect(ran).toEqual(['inngest/scheduled.timer'])
  })

  it('answers the run that invoked it last, and tells the others', async () => {
    await start((inngest) => {
      const [f] = noting()(inngest)
      if (!f) throw new Error('there is no function')
      return [
        f,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'test/call' }] }, async ({ event, step }) =>
          step.invoke('call', { function: f, data: { n: event.data.n } }).catch((error: Error) => error.message),
        ),
      ]
    })
    const [one] = await engine.send({ name: 'test/call', data: { n: 'a' } })
    await engine.move('5m')
    // As after a long wait: the first caller is not in memory any more.
    engine.engine.world.runs.clear()
    const [two] = await engine.send({ name: 'test/call', data: { n: 'b' } })
    await engine.move()
    const replaced = 'invoked function is debounced: a later event took its place'
    expect(await engine.runsOf(one)).toMatchObject([{ status: 'Completed', output: replaced }])
    await engine.move('10m')
    expect(await engine.runsOf(two)).toMatchObject([{ status: 'Completed', output: 'b' }])
    expect(ran).toEqual(['b'])
  })
})
