import { beforeEach, describe, expect, it } from 'vitest'
import { DueTimes } from '@/engine/flow/due-times'

type Thing = { id: string; dueAt: number; note?: string }
let things: DueTimes<Thing>

beforeEach(() => {
  things = new DueTimes()
})

describe('things by the instant at which they come due', () => {
  it('come earliest first, and stay until they are removed', () => {
    for (const [id, dueAt] of [['c', 3] as const, ['a', 1] as const, ['b', 2] as const]) things.put({ id, dueAt })
    expect(things.nextAt()).toBe(1)
    expect(things.upTo(2).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(things.upTo(2)).toHaveLength(2)
    things.remove('a')
    expect(things.upTo(9).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  it('count once and as they were put last, however often they were put', () => {
    for (const dueAt of [5, 9, 5, 7]) things.put({ id: 'a', dueAt })
    things.put({ id: 'a', dueAt: 7, note: 'newest' })
    expect(things.nextAt()).toBe(7)
    expect(things.upTo(10)).toEqual([{ id: 'a', dueAt: 7, note: 'newest' }])
  })

  it('can be put off a hundred thousand times', () => {
    things.put({ id: 'other', dueAt: 1_000_000 })
    for (let dueAt = 0; dueAt < 100_000; dueAt++) things.put({ id: 'a', dueAt })
    expect(things.upTo(2_000_000).map(({ dueAt }) => dueAt)).toEqual([99_999, 1_000_000])
  })

  it('are handed out as long as there is room', () => {
    for (const id of ['a', 'b', 'c']) things.put({ id, dueAt: 1 })
    let room = 2
    expect(things.upTo(1, () => room-- > 0)).toHaveLength(2)
    expect(things.upTo(1)).toHaveLength(3)
  })

  it('don’t come due while they are held back, and do once they are let go', () => {
    let held = 'a'
    things = new DueTimes(({ id }) => id === held)
    for (const [id, dueAt] of [['a', 1] as const, ['b', 2] as const]) things.put({ id, dueAt })
    expect([things.nextAt(), things.upTo(9).map(({ id }) => id)]).toEqual([2, ['b']])
    things.put({ id: 'a', dueAt: 3, note: 'changed meanwhile' })
    things.release()
    expect(things.upTo(9).map(({ id }) => id)).toEqual(['b'])
    held = ''
    things.release()
    expect(things.upTo(9)).toEqual([
      { id: 'b', dueAt: 2 },
      { id: 'a', dueAt: 3, note: 'changed meanwhile' },
    ])
  })

  it('that were held back and are removed meanwhile don’t come back', () => {
    let isHeld = true
    things = new DueTimes(() => isHeld)
    things.put({ id: 'a', dueAt: 1 })
    expect(things.nextAt()).toBeUndefined()
    things.remove('a')
    isHeld = false
    things.release()
    expect(things.nextAt()).toBeUndefined()
  })

  it('are gone when they are cleared', () => {
    things.put({ id: 'a', dueAt: 1 })
    things.clear()
    expect(things.nextAt()).toBeUndefined()
    expect(things.get('a')).toBeUndefined()
  })
})
