import { describe, expect, it } from 'vitest'
import { Batches, fits, isGathered, joined, MAX_BATCH_BYTES } from '@/engine/flow/batch'
import { combinationProblem } from '@/engine/model/flow-control'
import type { Batch } from '@/engine/model/start'

const option = { maxSize: 3, timeout: 1_000 }
const batch = (change: Partial<Batch> = {}): Batch => ({
  id: 'b',
  functionId: 'f',
  key: '',
  dueAt: 1_000,
  size: 1,
  bytes: 10,
  ...change,
})

describe('a batch', () => {
  it('gathers every event without a condition, and with one those for which it holds', () => {
    const scope = { event: { data: { n: 1 } } }
    expect(isGathered(option, scope)).toBe(true)
    expect(isGathered({ ...option, if: 'event.data.n == 1' }, scope)).toBe(true)
    expect(isGathered({ ...option, if: 'event.data.n == 2' }, scope)).toBe(false)
    expect(isGathered({ ...option, if: 'event.data.n' }, scope)).toBe(false)
    expect(isGathered({ ...option, if: 'event.data.n.m > 1' }, scope)).toBe(false)
  })

  it('takes an event until its time comes, its size is reached, or its bytes are', () => {
    expect(fits(batch(), 10, option, 999)).toBe(true)
    expect(fits(batch(), 10, option, 1_000)).toBe(false)
    expect(fits(batch({ size: 3 }), 10, option, 0)).toBe(false)
    expect(fits(batch({ bytes: MAX_BATCH_BYTES - 10 }), 10, option, 0)).toBe(true)
    expect(fits(batch({ bytes: MAX_BATCH_BYTES - 9 }), 10, option, 0)).toBe(false)
  })

  it('is due at once when an event makes it full, and else when its time is over', () => {
    expect(joined(batch(), 10, option, 500)).toEqual(batch({ size: 2, bytes: 20 }))
    expect(joined(batch({ size: 2 }), 10, option, 500)).toEqual(batch({ size: 3, bytes: 20, dueAt: 500 }))
    expect(joined(batch(), MAX_BATCH_BYTES - 10, option, 500).dueAt).toBe(500)
  })

  it('is open until it is closed, and due until it is removed', () => {
    const batches = new Batches()
    batches.put(batch())
    expect(batches.openFor('f', '')).toEqual(batch())
    batches.close(batch())
    expect(batches.openFor('f', '')).toBeUndefined()
    expect(batches.upTo(1_000, 1_000)).toEqual([batch()])
    batches.remove(batch())
    expect(batches.nextAt()).toBeUndefined()
  })

  it('is brought into memory with others as far as they are small, and alone where it is large', () => {
    const batches = new Batches()
    for (const [i, bytes] of [60, 30, 30].entries()) batches.put(batch({ id: `b${i}`, key: `${i}`, dueAt: i, bytes }))
    expect(batches.upTo(10, 100).map(({ id }) => id)).toEqual(['b0', 'b1'])
    expect(batches.upTo(10, 50).map(({ id }) => id)).toEqual(['b0'])
  })

  it('can’t be combined with what acts on single events', () => {
    expect(combinationProblem({ batchEvents: option, priority: { run: '1' }, cancel: [{}] })).toBe(
      "batchEvents can't be combined with cancelOn, priority",
    )
    expect(combinationProblem({ batchEvents: option, cancel: [], throttle: {} })).toBeUndefined()
    expect(combinationProblem({ debounce: { period: 1_000 }, singleton: { mode: 'skip' } })).toBeUndefined()
  })
})
