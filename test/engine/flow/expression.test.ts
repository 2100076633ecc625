import { describe, expect, it } from 'vitest'
import { evaluate, expressionProblem, holds } from '@/engine/flow/expression'

const event = { name: 'a/b', data: { n: 5, f: 1.5, text: 'x', list: [1, 2], nested: { deep: true } } }

describe('an expression', () => {
  it.each([
    ['event.data.n > 4', true],
    ['event.data.n == 5', true],
    ['event.data.f < 2', true],
    ["event.data.text == 'x'", true],
    ['event.data.text == "x"', true],
    ['event.data.nested.deep', true],
    ['2 in event.data.list', true],
    ['event.data.list[0] == 1', true],
    ['event.data.n % 2 == 1', true],
    ['event.data.text.startsWith("x")', true],
    ['has(event.data.n)', true],
    ['has(event.data.missing)', false],
    ['event.data.missing == null', true],
    ['event.data.missing.deeper == null', true],
    ["event.data.missing == 'x'", false],
    ['event.data.n > 4 && event.data.text != "y"', true],
    ['event.data.n > 4 ? true : false', true],
    ['size(event.data.list) == 2', true],
  ])('%s is %s', (text, result) => {
    expect(holds(text, { event })).toBe(result)
  })

  it('speaks of two events where one is waited for', () => {
    expect(holds('event.data.n == async.data.n', { event, async: { data: { n: 5 } } })).toBe(true)
    expect(holds('event.data.n == async.data.n', { event, async: { data: { n: 6 } } })).toBe(false)
  })

  it('does not hold where it fails', () => {
    expect(holds('event.data.text > 5', { event })).toBe(false)
    expect(evaluate('event.data.list[9]', { event })).toBeUndefined()
  })

  it('gives plain values', () => {
    expect(evaluate('event.data.n * 2', { event })).toBe(10)
    expect(evaluate('event.data.text + "-" + event.name', { event })).toBe('x-a/b')
  })

  it('is refused with a reason when it can’t be read', () => {
    expect(expressionProblem('event.data.n >')).toBeTruthy()
    expect(expressionProblem('event.data.n > 1')).toBeUndefined()
  })

  it('reads data alone, never what JavaScript objects bring along', () => {
    const hostile = { data: JSON.parse('{"__proto__":{"polluted":true}}') }
    expect(holds('event.data.toString == null', { event: hostile })).toBe(true)
    expect(holds('event.data.polluted == null', { event: hostile })).toBe(true)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
