import { describe, expect, it } from 'vitest'
import { paused } from '@/engine/loop/operations/pause'
import { batchesStarted, startsMade } from '@/engine/loop/operations/start-operations'
import type { Functions, TestEngine } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const own = ownEngine()
const { ran } = own
let engine: TestEngine

const start = async (functions: Functions) => {
  engine = await own.start(functions)
}

const pause = () => engine.fetch('/dev/functions/app-f/pause', { method: 'POST', body: '{}' })
const resume = () => engine.fetch('/dev/functions/app-f/resume', { method: 'POST', body: '{}' })
const send = (label: string, more: object = {}) => engine.send({ name: 'test/go', data: { label }, ...more })
const labelOf = ({ data }: { data: object }) => ('label' in data ? String(data.label) : '')
const timers = async () => ((await (await engine.fetch('/dev/timers')).json()) as { timers: unknown[] }).timers

describe('what a function had taken in before it was paused', () => {
  it('a batch, waits with the events that it has, and starts when the function is resumed', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], batchEvents: { maxSize: 3, timeout: '60s' } },
        async ({ events }) => void ran.push(events.map(labelOf).join(' ')),
      ),
    ])
    await engine.send({ name: 'test/go', data: { label: 'a' } }, { name: 'test/go', data: { label: 'b' } })
    await pause()
    await send('meanwhile')
    expect(await timers()).toEqual([])
    expect(await engine.move('10m')).toMatchObject({ settled: true })
    expect(ran).toEqual([])
    await engine.send({ name: 'test/go', data: { label: 'meanwhile too' } })
    await resume()
    await engine.move()
    expect(ran).toEqual(['a b'])
  })

  it('a batch whose time is not over when the function is resumed, goes on gathering', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], batchEvents: { maxSize: 3, timeout: '3600s' } },
        async ({ events }) => void ran.push(events.map(labelOf).join(' ')),
      ),
    ])
    await send('a')
    await pause()
    await send('meanwhile')
    await engine.move('10m')
    await resume()
    await send('b')
    await engine.move('10m')
    expect(ran).toEqual([])
    await engine.move('1h')
    expect(ran).toEqual(['a b'])
  })

  it('a debounced start, is made when the function is resumed, also after a restart', async () => {
    const debounced: Functions = (inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], debounce: { period: '1m' } },
        async ({ event }) => void ran.push(labelOf(event)),
      ),
    ]
    await start(debounced)
    await send('before')
    await pause()
    await send('meanwhile')
    await engine.move('10m')
    await engine.stop()
    await start(debounced)
    await engine.move('10m')
    expect(ran).toEqual([])
    await resume()
    await engine.move()
    expect(ran).toEqual(['before'])
  })

  it('starts that a throttle, or their own time, puts off, are made when the function is resumed', async () => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], throttle: { limit: 1, period: '1m' } },
        async ({ event }) => void ran.push(labelOf(event)),
      ),
    ])
    await engine.send({ name: 'test/go', data: { label: 'a' } }, { name: 'test/go', data: { label: 'b' } })
    await send('later', { ts: Date.now() + 3_600_000 })
    await expect.poll(() => ran).toEqual(['a'])
    await pause()
    expect(await engine.move('2h')).toMatchObject({ settled: true })
    expect(ran).toEqual(['a'])
    await resume()
    await engine.move()
    expect(ran).toEqual(['a', 'b'])
    await engine.move('1m')
    expect(ran).toEqual(['a', 'b', 'later'])
  })

  it.each([
    ['a batch', { batchEvents: { maxSize: 3, timeout: '60s' as const } }],
    ['a debounced start', { debounce: { period: '60s' as const } }],
  ])('%s, waits also for a pause that shares the commit in which it would have started', async (_, control) => {
    await start((inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], ...control },
        async ({ event }) => void ran.push(labelOf(event)),
      ),
    ])
    await send('before')
    const { lane, world, clock } = engine.engine
    const later = { ...clock, now: () => clock.now() + 3_600_000 }
    // What is submitted in one turn is decided in one commit, in this order.
    await Promise.all([
      lane.submit(paused(world, 'app-f', true)),
      lane.submit(batchesStarted(world, later)),
      lane.submit(startsMade(world, later)),
    ])
    await engine.move('1h')
    expect(ran).toEqual([])
    await resume()
    await engine.move()
    expect(ran).toEqual(['before'])
  })
})
