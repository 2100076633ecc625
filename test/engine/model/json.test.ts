import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, JsonError, objectOfTexts, parseJson } from '@/engine/model/json'

describe('JSON from outside', () => {
  it('is refused beyond 500 levels, whatever its size', () => {
    expect(() => parseJson('['.repeat(10_000) + ']'.repeat(10_000))).toThrow('nested deeper than 500 levels')
    expect(() => parseJson('['.repeat(501) + ']'.repeat(501))).toThrow('nested deeper than 500 levels')
    expect(parseJson('['.repeat(500) + ']'.repeat(500))).toBeInstanceOf(Array)
    // Too short to be so deep: it is no JSON.
    expect(() => parseJson('['.repeat(900))).toThrow('not valid JSON')
  })

  it('may hold brackets in its texts', () => {
    const text = '['.repeat(2_000)
    expect(parseJson(JSON.stringify({ text, escaped: '\\"[' }))).toEqual({ text, escaped: '\\"[' })
  })

  it('is refused when it is none', () => {
    expect(() => parseJson('{')).toThrow(JsonError)
    expect(() => parseJson('')).toThrow('not valid JSON')
  })
})

describe('the canonical form', () => {
  it('sorts keys at every depth', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { z: 0, y: 1 }], c: 'é' } })).toBe(
      '{"a":{"c":"é","d":[1,{"y":1,"z":0}]},"b":1}',
    )
  })

  it('makes nothing of undefined but null', () => {
    expect(canonicalJson(undefined)).toBe('null')
  })

  it('is the same however its keys stand, and whichever they are', () => {
    const keys = fc.oneof(fc.string(), fc.constantFrom('10', '9', '__proto__', 'constructor', 'a', 'B', 'é', '\u0000'))
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.array(fc.tuple(keys, tie('any')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs)),
      ),
    })).any
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(any)).toBe(canonicalize(any))
      }),
    )
  })

  it('is put together from texts that are canonical already', () => {
    const whole = objectOfTexts([
      ['b', '{"x":1}'],
      ['a', 'null'],
    ])
    expect(whole).toBe(canonicalJson({ a: null, b: { x: 1 } }))
  })
})
