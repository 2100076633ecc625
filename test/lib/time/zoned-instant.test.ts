import { describe, expect, it } from 'vitest'
import { instantOf, wallClockOf } from '@/lib/time/zoned-instant'

const at = (date: string, hour: number, minute: number, timeZone: string) =>
  instantOf({ date, hour, minute }, timeZone).toISOString()

describe('the instant at which clocks show a time', () => {
  it.each([
    ['America/New_York', '2026-01-15', '2026-01-15T14:00:00.000Z'],
    ['America/New_York', '2026-07-15', '2026-07-15T13:00:00.000Z'],
    ['Asia/Kathmandu', '2026-07-15', '2026-07-15T03:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-07-15', '2026-07-14T22:30:00.000Z'],
    ['Pacific/Apia', '2026-07-15', '2026-07-14T20:00:00.000Z'],
    ['UTC', '2026-07-15', '2026-07-15T09:00:00.000Z'],
  ])('is its own in %s', (zone, date, instant) => {
    expect(at(date, 9, 0, zone)).toBe(instant)
  })

  it('is the next that exists where they are put forward over it', () => {
    expect(at('2026-03-08', 2, 0, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z')
    expect(at('2026-03-08', 2, 30, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z')
    expect(at('2026-03-29', 1, 15, 'Europe/London')).toBe('2026-03-29T01:00:00.000Z')
    expect(at('2026-10-04', 2, 10, 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z')
  })

  it('is the first where they show it twice', () => {
    expect(at('2026-11-01', 1, 30, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(at('2026-10-25', 1, 0, 'Europe/London')).toBe('2026-10-25T00:00:00.000Z')
    expect(at('2026-04-05', 1, 45, 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z')
  })

  it('is the next day’s beginning on a day that a zone has left out', () => {
    expect(at('2011-12-30', 9, 0, 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
    expect(at('2011-12-31', 0, 0, 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
  })

  it('is shown by the clocks, minute for minute, but for what they skip', () => {
    for (const zone of ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 7 * 3_600_000 + 60_000) {
        const clock = wallClockOf(new Date(ms), zone)
        const found = instantOf(clock, zone)
        expect(wallClockOf(found, zone)).toEqual(clock)
        expect(found.getTime()).toBeLessThanOrEqual(ms)
      }
  })

  it('knows no zone that does not exist', () => {
    expect(() => at('2026-01-01', 9, 0, 'Mars/Olympus')).toThrow(RangeError)
  })
})
