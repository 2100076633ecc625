import { beforeEach, describe, expect, it } from 'vitest'
import { RunCache } from '@/engine/loop/run-cache'
import type { Run } from '@/engine/model/run'

const MOST = 20_000

let cache: RunCache
const runOf = (n: number, body = ''): Run =>
  ({ id: `run-${n}`, events: [{ body }], steps: new Map() }) as unknown as Run
const hold = (from: number, to: number) => {
  for (let n = from; n < to; n++) cache.put(runOf(n))
}
const held = (...ns: number[]) => ns.filter((n) => cache.get(`run-${n}`))

beforeEach(() => {
  cache = new RunCache()
})

describe('the runs in memory', () => {
  it('stay while there is room, whoever should go first', () => {
    hold(0, MOST)
    cache.trim(['run-7'])
    expect(cache.isFull).toBe(false)
    expect(held(0, 7, MOST - 1)).toEqual([0, 7, MOST - 1])
  })

  it('go by how long ago they were used, where there is no room', () => {
    hold(0, MOST + 2)
    cache.get('run-0')
    expect(cache.isFull).toBe(true)
    cache.trim([])
    expect(held(0, 1, 2, 3, MOST + 1)).toEqual([0, 3, MOST + 1])
  })

  it('go last, where others are named that go first', () => {
    hold(0, MOST + 3)
    cache.trim([`run-${MOST}`, `run-${MOST + 1}`])
    expect(held(0, 1, MOST, MOST + 1, MOST + 2)).toEqual([1, MOST + 2])
  })

  it('go where a few of them take up all room', () => {
    const large = 'x'.repeat(100 * 1024 * 1024)
    for (let n = 0; n < 3; n++) cache.put(runOf(n, large))
    cache.trim(['run-2'])
    expect(held(0, 1, 2)).toEqual([0, 1])
  })
})
