import { describe, expect, it } from 'vitest'
import { parseDuration, parseUntil } from '@/engine/model/duration'

const now = Date.UTC(2026, 2, 1)

describe('a duration', () => {
  it.each([
    ['10s', 10_000],
    ['1d2h', 93_600_000],
    ['1m30s', 90_000],
    ['2w', 1_209_600_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['', 0],
  ])('%j is %i milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['10', 's', '10 s', '-1s', '1y', '1s?'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('counts from now, while a date stands for itself', () => {
    expect(parseUntil('2h', now)).toBe(now + 7_200_000)
    expect(parseUntil('2026-05-01T10:00:00Z', now)).toBe(Date.UTC(2026, 4, 1, 10))
    expect(parseUntil('tomorrow', now)).toBeUndefined()
  })
})
