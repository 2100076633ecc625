import { describe, expect, it } from 'vitest'
import { RateLimits, rateLimitKeyOf } from '@/engine/flow/rate-limit'
import { registered } from '../../support/functions'

const scope = (data: object) => () => ({ event: { data } })

/** Asks for a start, and counts it when it is let in. */
function enter(limits: RateLimits, key: string, limit: number, period: number, now: number): boolean {
  const { isOver } = limits.ask(key, limit, now)
  if (!isOver) limits.add({ id: `${key} ${now} ${Math.random()}`, key, expiresAt: now + period })
  return !isOver
}

describe('a rate limit', () => {
  it('lets its limit in at once, and the next one when the first is a period old', () => {
    const limits = new RateLimits()
    const letIn = [0, 0, 0, 999, 1_000, 1_000, 1_001].map((now) => enter(limits, 'k', 2, 1_000, now))
    expect(letIn).toEqual([true, true, false, false, true, true, false])
  })

  it('lets no more in within any stretch as long as its period', () => {
    const limits = new RateLimits()
    const starts = Array.from({ length: 2_000 }, (_, i) => i * 7).filter((now) => enter(limits, 'k', 5, 100, now))
    for (const at of starts) expect(starts.filter((other) => other >= at && other < at + 100).length).toBeLessThan(6)
    expect(starts.length).toBeGreaterThan((2_000 * 7 * 5) / 100 / 1.2)
  })

  it('keeps keys apart', () => {
    const limits = new RateLimits()
    expect(enter(limits, 'a', 1, 1_000, 0)).toBe(true)
    expect(enter(limits, 'b', 1, 1_000, 0)).toBe(true)
    expect(enter(limits, 'a', 1, 1_000, 0)).toBe(false)
  })

  it('forgets keys that never come again, and tells which', () => {
    const limits = new RateLimits()
    for (let n = 0; n < 1_000; n++) enter(limits, `k${n}`, 1, 1_000, 0)
    expect(limits.ask('new', 1, 999).expired).toEqual([])
    const old = new RateLimits()
    for (let n = 0; n < 1_000; n++) enter(old, `k${n}`, 1, 1_000, 0)
    expect(old.ask('new', 1, 1_000).expired).toHaveLength(1_000)
  })

  it('counts under its function and its key’s value; a value of false is not limited', () => {
    const fn = registered({ id: 'app-f', rateLimit: { limit: 1, period: '1h', key: 'event.data.k' } })
    expect(rateLimitKeyOf(fn, scope({ k: 'a' }))).toBe('app-f "a"')
    expect(rateLimitKeyOf(fn, scope({}))).toBe('app-f null')
    expect(rateLimitKeyOf(fn, scope({ k: false }))).toBeUndefined()
    expect(rateLimitKeyOf(registered({ id: 'app-f' }), scope({}))).toBeUndefined()
  })

  it('gives way to an idempotency key', () => {
    const fn = registered({ id: 'app-f', rateLimit: { limit: 1, period: '1h' }, idempotency: 'event.data.k' })
    expect(rateLimitKeyOf(fn, scope({ k: 'a' }))).toBeUndefined()
  })
})
