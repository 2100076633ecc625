import { describe, expect, it } from 'vitest'
import { functionsFor, nameFits } from '@/engine/trigger/match'
import { matchKeyOf, matchKeysFor } from '@/engine/trigger/match-key'
import { registered } from '../../support/functions'

const event = (name: string, data = {}) => ({ name, body: JSON.stringify({ name, data }) })
const startedBy = (triggers: unknown[], sent: ReturnType<typeof event>) =>
  functionsFor(sent, [registered({ id: 'f', triggers })]).length

describe('a trigger', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/bc', false],
    ['a/*', 'a/b', true],
    ['a/*', 'a/b/c', true],
    ['a/*', 'ab/c', false],
    ['a/*', 'a/', false],
    ['a.*', 'a.b', true],
    ['a*', 'ab', false],
    ['*', 'a', false],
  ])('%s fits %s: %s', (pattern, name, fits) => {
    expect(nameFits(pattern, name)).toBe(fits)
  })

  it('starts its function once, however many of its triggers fit', () => {
    expect(startedBy([{ event: 'a/b' }, { event: 'a/*' }], event('a/b'))).toBe(1)
  })

  it('is skipped when its condition fails, and the next one is tried', () => {
    expect(startedBy([{ event: 'a/b', expression: 'event.data.n > 1' }], event('a/b', { n: 1 }))).toBe(0)
    expect(
      startedBy([{ event: 'a/b', expression: 'event.data.n > 1' }, { event: 'a/*' }], event('a/b', { n: 1 })),
    ).toBe(1)
  })

  it('starts nothing for a function that its app no longer has', () => {
    expect(
      functionsFor(event('a/b'), [{ ...registered({ id: 'f', triggers: [{ event: 'a/b' }] }), isActive: false }]),
    ).toEqual([])
  })
})

describe('the match key of a wait', () => {
  const own = { data: { id: 7, 'odd key': 1, text: 'a=b' } }

  it('is the path and value of a plain equality', () => {
    expect(matchKeyOf('event.data.id == async.data.id', own)).toBe('data.id=7')
    expect(matchKeysFor({ data: { id: 7 } }, ['data.id', ''])).toEqual(['data.id=7', ''])
  })

  it('is empty for anything else', () => {
    expect(matchKeyOf(undefined, own)).toBe('')
    expect(matchKeyOf('event.data.id == async.data.id && async.data.x > 1', own)).toBe('')
  })

  it('tells a missing value from none of its neighbours', () => {
    expect(matchKeyOf('event.data.gone == async.data.gone', own)).toBe('data.gone=null')
    expect(matchKeyOf('event.data.text == async.data.text', own)).toBe('data.text="a=b"')
  })
})
