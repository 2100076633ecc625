import { describe, expect, it } from 'vitest'
import { keptError, keptValue } from '@/lib/runs/kept-value'

describe('what the ledger keeps of a value', () => {
  it('is the value itself, without its secrets', () => {
    expect(keptValue({ a: 1, password: 'x', list: ['y'] })).toEqual({ a: 1, password: '[redacted]', list: ['y'] })
    expect(keptValue(undefined)).toBeNull()
  })

  it('is up to 64 kB of it whole', () => {
    const text = 'é'.repeat(32_000)
    expect(keptValue(text)).toBe(text)
  })

  it('is the size and the head of what is longer', () => {
    const kept = keptValue({ list: Array.from({ length: 20_000 }, (_, i) => ({ i })) })
    expect(kept).toMatchObject({ leftOut: true, bytes: expect.any(Number), head: expect.stringMatching(/^{"list"/) })
    expect(JSON.stringify(kept).length).toBeLessThan(10_000)
    expect(keptValue('é'.repeat(40_000))).toMatchObject({ leftOut: true, bytes: 80_002 })
  })

  it('is never a part that looks like the whole', () => {
    for (const length of [30_000, 32_766, 32_767, 65_533, 65_534, 65_535, 65_536, 100_000]) {
      const kept = keptValue(Array.from({ length }).fill(1))
      expect(Array.isArray(kept) ? kept.length : 'left out').toBe(length < 32_768 ? length : 'left out')
    }
  })

  it('is cut between characters', () => {
    const kept = keptValue(`${'x'.repeat(4_094)}${'😀'.repeat(20_000)}`) as { head: string }
    expect(kept.head.isWellFormed()).toBe(true)
  })
})

describe('what the ledger keeps of an error', () => {
  it('is its name, message, stack, code, and the chain of its causes', () => {
    const root = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    const kept = keptError(new TypeError('fetch failed', { cause: root }))
    expect(kept).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      stack: expect.stringContaining('kept-value.test'),
      cause: { name: 'Error', message: 'refused', code: 'ECONNREFUSED' },
    })
  })

  it.each([
    ['a text', { name: 'Error', message: 'a text' }],
    [undefined, { name: 'Error', message: 'undefined' }],
    [null, { name: 'Error', message: 'null' }],
    [42n, { name: 'Error', message: '42' }],
    [Symbol('s'), { name: 'Error', message: 'Symbol(s)' }],
    [
      { reason: 'odd', token: 't' },
      { name: 'Error', message: '{"reason":"odd","token":"[redacted]"}' },
    ],
    [
      { name: 7, message: 'm', code: 404 },
      { name: 'Error', message: 'm', code: '404' },
    ],
    [Object.create(null), { name: 'Error', message: '{}' }],
  ])('is something to read, whatever was thrown: %o', (thrown, kept) => expect(keptError(thrown)).toEqual(kept))

  it('has no secrets in any part', () => {
    const error = Object.assign(new Error('Bearer abcdefgh12', { cause: new Error('?token=abcdefgh12') }), {
      name: 'sk_live_abcdefgh12',
      code: 'whsec_abcdefgh12',
    })
    expect(JSON.stringify(keptError(error))).not.toContain('abcdefgh12')
  })

  it('is short: five causes, and of a long message its head, cut between characters', () => {
    let error = new Error('0')
    for (let n = 1; n < 20; n++) error = new Error(String(n), { cause: error })
    let depth = 0
    for (let kept = keptError(error); kept.cause; kept = kept.cause) depth++
    expect(depth).toBe(5)
    const { message } = keptError(new Error(`x${'😀'.repeat(10_000)}`))
    expect(message).toHaveLength(4_001)
    expect(message.isWellFormed()).toBe(true)
  })

  it('never throws: a ring of causes, and fields that can’t be read', () => {
    const ring = new Error('ring')
    ring.cause = ring
    expect(keptError(ring)).toMatchObject({ message: 'ring', cause: { message: 'ring' } })
    const broken = new Error('x')
    Object.defineProperty(broken, 'message', {
      get: () => {
        throw new Error('no')
      },
    })
    expect(keptError(broken)).toEqual({ name: 'Error', message: '[unreadable]' })
    expect(keptError(new Error('whole', { cause: broken }))).toMatchObject({
      message: 'whole',
      cause: { message: '[unreadable]' },
    })
  })
})
