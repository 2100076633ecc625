import { describe, expect, it } from 'vitest'
import { Pruner } from '@/engine/loop/pruner'
import type { Functions } from '../support/engine'
import { ownEngine } from '../support/own-engine'

const DAY = 24 * 3_600_000

const { ran, start } = ownEngine()

const functions: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'batched', triggers: [{ event: 'test/batched' }], batchEvents: { maxSize: 10, timeout: '604800s' } },
    async ({ events }) => void ran.push(`batch of ${events.length}`),
  ),
  inngest.createFunction(
    { id: 'debounced', triggers: [{ event: 'test/debounced' }], debounce: { period: '5d' } },
    async ({ event }) => void ran.push(`debounced ${event.data.n}`),
  ),
]

describe('an event that was received long ago', () => {
  it('is kept as long as a batch or a debounce holds it', async () => {
    let engine = await start(functions)
    await engine.send({ name: 'test/batched' }, { name: 'test/batched' })
    for (const n of [1, 2]) await engine.send({ name: 'test/debounced', data: { n } })
    const clock = { ...engine.engine.clock, realNow: () => Date.now() + 10 * DAY }
    const pruner = new Pruner({ ...engine.engine, clock }, { ageMs: DAY, completedRuns: 1, failedRuns: 1 }, 2)
    while ((await pruner.runOnce()) !== undefined);
    const { rows } = await engine.engine.world.readers.query('SELECT body FROM engine.event')
    expect(rows).toHaveLength(3)
    await engine.stop()
    engine = await start(functions)
    await engine.move('8d')
    expect(ran.toSorted()).toEqual(['batch of 2', 'debounced 2'])
  })
})
