import { describe, expect, it } from 'vitest'
import { retryAfterMs, retryWaitMs, transportWaitMs } from '@/engine/model/backoff'

const now = Date.UTC(2026, 0, 1)

describe('the wait before the next attempt', () => {
  it('grows by the table, and its last value repeats', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 50].map((attempt) => retryWaitMs(attempt, 0) / 1_000)
    expect(waits).toEqual([15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, 7_200, 7_200])
  })

  it('is spread by up to 30 s', () => {
    expect(retryWaitMs(0, 0.5)).toBe(30_000)
    expect(retryWaitMs(0, 0.999_999)).toBeLessThan(45_000)
  })

  it('is what the app asks for, held between a second and a day', () => {
    expect(retryAfterMs('2', now)).toBe(2_000)
    expect(retryAfterMs(new Date(now + 5_500).toISOString(), now)).toBe(5_500)
    expect(retryAfterMs('0', now)).toBe(1_000)
    expect(retryAfterMs(new Date(now - 5_000).toISOString(), now)).toBe(1_000)
    expect(retryAfterMs('9999999', now)).toBe(86_400_000)
  })

  it('is the table’s where the app asks for nothing that can be read', () => {
    expect(retryAfterMs(undefined, now)).toBeUndefined()
    expect(retryAfterMs('soon', now)).toBeUndefined()
  })

  it('doubles from 100 ms to 5 s while the app is away', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map(transportWaitMs)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000])
  })
})
