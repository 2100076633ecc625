import { describe, expect, it } from 'vitest'
import { Singletons, singletonKeyOf } from '@/engine/flow/singleton'
import { registered } from '../../support/functions'

const scope = (data: object) => () => ({ event: { data } })

describe('a singleton', () => {
  it('is one for each value of its key', () => {
    const fn = registered({ id: 'app-f', singleton: { mode: 'skip', key: 'event.data.k' } })
    expect(singletonKeyOf(fn, scope({ k: 'a' }))).toBe('app-f "a"')
    expect(singletonKeyOf(fn, scope({ k: 'b' }))).toBe('app-f "b"')
    expect(singletonKeyOf(registered({ id: 'app-f', singleton: { mode: 'skip' } }), scope({}))).toBe('app-f')
  })

  it('is none where its key is false or can’t be worked out', () => {
    const fn = (key: string) => registered({ id: 'app-f', singleton: { mode: 'skip', key } })
    expect(singletonKeyOf(fn('event.data.k == 1'), scope({ k: 2 }))).toBeNull()
    expect(singletonKeyOf(fn('event.data.k + 1'), scope({ k: 'text' }))).toBeNull()
    expect(singletonKeyOf(registered({ id: 'app-f' }), scope({}))).toBeNull()
  })

  it('is held by the run that took it last, and given back by that one alone', () => {
    const singletons = new Singletons()
    singletons.take('k', 'one')
    singletons.take('k', 'two')
    singletons.release('k', 'one')
    expect(singletons.holderOf('k')).toBe('two')
    singletons.release('k', 'two')
    expect(singletons.holderOf('k')).toBeUndefined()
  })
})
