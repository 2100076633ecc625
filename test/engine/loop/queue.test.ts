import { beforeEach, describe, expect, it } from 'vitest'
import { Queue } from '@/engine/loop/queue'
import type { ItemKind, QueuedItem } from '@/engine/model/run'

function item(id: string, dueAt: number, change: Partial<QueuedItem> = {}): QueuedItem {
  const kind: ItemKind = 'discovery'
  return {
    id,
    runId: `run-${id}`,
    kind,
    stepId: '',
    attempt: 0,
    dueAt,
    score: dueAt,
    resets: 0,
    functionId: 'f',
    limitKeys: [],
    throttleKey: null,
    ...change,
  }
}

let queue: Queue
const taken = () => {
  const ids: string[] = []
  for (let next = queue.take(); next; next = queue.take()) ids.push(next.id)
  return ids
}

describe('the queue', () => {
  beforeEach(() => {
    queue = new Queue()
    queue.horizon = 1_000_000
  })

  it('hands out what is due, best score first', () => {
    queue.add(item('late', 20))
    queue.add(item('second', 10, { score: 9 }))
    queue.add(item('urgent', 10, { score: -500 }))
    queue.ripen(15)
    expect(taken()).toEqual(['urgent', 'second'])
    expect(queue.nextDueAt()).toBe(20)
  })

  it('goes on with a run that has begun before it begins a later one of the same instant', () => {
    queue.add(item('call-1', 10, { runId: 'run-a', score: 5 }))
    queue.add(item('call-2', 10, { runId: 'run-b', score: 5 }))
    queue.add(item('call-3', 10, { runId: 'run-a', score: 5 }))
    queue.ripen(10)
    expect(taken()).toEqual(['call-1', 'call-3', 'call-2'])
  })

  it('gives timers apart from calls', () => {
    queue.add(item('nap', 10, { kind: 'wake' }))
    expect(queue.ripen(10).map((timer) => timer.id)).toEqual(['nap'])
    expect(taken()).toEqual([])
  })

  it('holds the newest state of an item only', () => {
    queue.add(item('a', 10))
    queue.add(item('a', 50, { attempt: 1 }))
    queue.ripen(10)
    expect(taken()).toEqual([])
    queue.ripen(50)
    expect(queue.take()?.attempt).toBe(1)
  })

  it('forgets what was dropped', () => {
    queue.add(item('a', 10))
    queue.drop('a')
    queue.ripen(10)
    expect(taken()).toEqual([])
    expect(queue.size).toBe(0)
  })

  it('leaves what lies beyond the horizon in its table', () => {
    queue.add(item('far', 2_000_000))
    expect(queue.size).toBe(0)
    expect(queue.nextDueAt()).toBeUndefined()
  })

  it('wakes the best of those that wait under a key, one for each free place', () => {
    queue.park(item('b', 2), 'k')
    queue.park(item('a', 1), 'k')
    expect(taken()).toEqual([])
    queue.unpark('k')
    expect(taken()).toEqual(['a'])
    queue.unpark('k')
    queue.unpark('k')
    expect(taken()).toEqual(['b'])
  })

  it('gives the place of one that was woken and is gone to the next that waits', () => {
    queue.park(item('a', 1, { limitKeys: ['k'] }), 'k')
    queue.park(item('b', 2, { limitKeys: ['k'] }), 'k')
    queue.unpark('k')
    queue.drop('a')
    expect(taken()).toEqual(['b'])
  })

  it('serves functions in turn, and the keys of a function in turn', () => {
    const of = (id: string, functionId: string, key: string) => item(id, 10, { functionId, limitKeys: [key] })
    for (const n of [1, 2, 3]) queue.add(of(`a${n}`, 'f', 'a'))
    queue.add(of('b1', 'f', 'b'))
    queue.add(of('g1', 'g', 'a'))
    queue.ripen(10)
    expect(taken()).toEqual(['a1', 'g1', 'b1', 'a2', 'a3'])
  })

  it('wakes the keys that wait under another one in turn', () => {
    const of = (id: string, score: number, key: string) => item(id, score, { limitKeys: ['all', key] })
    for (const n of [1, 2, 3]) queue.park(of(`a${n}`, n, 'a'), 'all')
    queue.park(of('b1', 9, 'b'), 'all')
    const woken = [1, 2, 3, 4].flatMap(() => {
      queue.unpark('all')
      return taken()
    })
    expect(woken).toEqual(['a1', 'b1', 'a2', 'a3'])
  })

  it('passes over the stale when it wakes a key', () => {
    queue.park(item('a', 1), 'k')
    queue.park(item('b', 2), 'k')
    queue.drop('a')
    queue.unpark('k')
    expect(taken()).toEqual(['b'])
  })
})
