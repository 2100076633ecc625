import { describe, expect, it } from 'vitest'
import { limitKeysOf, limitsNow, Slots } from '@/engine/flow/concurrency'
import { registered } from '../../support/functions'

const scope = { event: { data: { k: 'a' } } }

describe('concurrency', () => {
  it('counts under the function, its limit’s place and its key’s value', () => {
    const fn = registered({ id: 'app-f', concurrency: [{ limit: 1 }, { limit: 2, key: 'event.data.k' }] })
    expect(limitKeysOf(fn, scope)).toEqual(['fn app-f 0 ', 'fn app-f 1 "a"'])
  })

  it('is shared between functions in the env and account scopes', () => {
    const limit = [{ limit: 1, key: 'event.data.k', scope: 'account' as const }]
    const [a, b] = [registered({ id: 'app-a', concurrency: limit }), registered({ id: 'app-b', concurrency: limit })]
    expect(limitKeysOf(a, scope)).toEqual(limitKeysOf(b, scope))
  })

  it('counts for a run by the limits of now, those without a key also where the run is older than they are', () => {
    const fn = (...concurrency: object[]) => registered({ id: 'app-f', concurrency })
    expect(limitsNow(fn({ limit: 7 }), ['fn app-f 0 '])).toEqual({ keys: ['fn app-f 0 '], limits: [7] })
    expect(limitsNow(fn(), ['fn app-f 0 '])).toEqual({ keys: ['fn app-f 0 '], limits: [0] })
    expect(limitsNow(fn({ limit: 7 }, { limit: 1, key: 'event.data.k' }), [])).toEqual({
      keys: ['fn app-f 0 '],
      limits: [7],
    })
  })

  it('has a place where every key has one', () => {
    const slots = new Slots()
    slots.take(['x', 'y'])
    expect(slots.firstFull(['x', 'z'], [1, 1])).toBe('x')
    expect(slots.firstFull(['x', 'z'], [2, 1])).toBeUndefined()
    expect(slots.firstFull(['x'], [0])).toBeUndefined()
    slots.give(['x', 'y'])
    expect(slots.firstFull(['x', 'y'], [1, 1])).toBeUndefined()
  })
})
