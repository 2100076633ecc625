import { describe, expect, it } from 'vitest'
import { evaluate, expressionProblem, holds } from '@/engine/flow/expression'

const event = {
  name: 'a/b',
  data: {
    n: 5,
    f: 1.5,
    text: 'x',
    list: [1, 2],
    nested: { deep: true },
    json: '{"a":[1,2]}',
    at: '2026-01-01T00:00:00Z',
  },
}

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
    ['event.data["n"] == 5', true],
    ['event.data["missing"] == null', true],
    ['event.data["missing"].deeper == null', true],
    ['vars.missing == null', true],
    ['event.data.n + event.data.f == 6.5', true],
    ['event.data.list.exists(item, item == 2)', true],
    ['lowercase("Ab") == "ab" && uppercase("Ab") == "AB"', true],
    ['b64decode("aGk=") == "hi"', true],
    ['json_parse(event.data.json).a[1] == 2', true],
    ['date(event.data.at) < date("2027-01-01T00:00:00Z")', true],
    ['date(event.data.text) < date("2027-01-01T00:00:00Z")', false],
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

  it('gives plain values of objects and of what JSON does not know, in words', () => {
    expect(evaluate('event.data.nested', { event })).toEqual({ deep: true })
    expect(evaluate('event.data', { event })).toEqual(event.data)
    expect(evaluate('{"n": event.data.n, "list": event.data.list}', { event })).toEqual({ n: 5, list: [1, 2] })
    expect(evaluate('date(event.data.at)', { event })).toBe('2026-01-01T00:00:00.000Z')
    expect(evaluate('duration("1h")', { event })).not.toEqual(evaluate('duration("2h")', { event }))
  })

  it.each([
    ['half of one', 'event.data.n >', 'Unexpected'],
    ['a function that nobody knows', 'shout(event.data.text)', 'shout'],
    ['a method that nobody knows', 'event.data.text.shout()', 'shout'],
    ['the time, which it can’t know', 'date(event.data.at) < now()', 'now'],
    ['a name that nobody knows', 'evnt.data.n == 1', 'evnt'],
    ['a comparison that can’t be', '"a" == 1', 'string == int'],
  ])('is refused with a reason: %s', (_, text, words) => {
    expect(expressionProblem(text)).toContain(words)
  })

  it('is not refused where it might hold', () => {
    expect(expressionProblem('event.data.n > 1')).toBeUndefined()
    expect(expressionProblem('event.data.text == 1 || event.data.list.all(item, item > async.data.n)')).toBeUndefined()
  })

  it('reads data alone, never what JavaScript objects bring along', () => {
    const hostile = { data: JSON.parse('{"__proto__":{"polluted":true}}') }
    expect(holds('event.data.toString == null', { event: hostile })).toBe(true)
    expect(holds('event.data.polluted == null', { event: hostile })).toBe(true)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
