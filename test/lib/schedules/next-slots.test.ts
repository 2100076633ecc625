import { describe, expect, it } from 'vitest'
import { isLate, lateSince } from '@/lib/schedules/is-late'
import { nextSlots, type Rhythm } from '@/lib/schedules/slots'

const next = (rhythm: Rhythm, zone: string, at: string, count = 5) =>
  nextSlots(rhythm, zone, new Date(at), count).map((slot) => slot.toISOString().slice(0, 16))

describe('the next slots', () => {
  it('keep their hour over the change to summer time in New York, a gap at two included', () => {
    expect(next({ every: 'day', hour: 9 }, 'America/New_York', '2026-03-06T20:00:00Z')).toEqual([
      ...['2026-03-07T14:00', '2026-03-08T13:00', '2026-03-09T13:00', '2026-03-10T13:00', '2026-03-11T13:00'],
    ])
    expect(next({ every: 'day', hour: 2 }, 'America/New_York', '2026-03-07T00:00:00Z', 3)).toEqual([
      ...['2026-03-07T07:00', '2026-03-08T07:00', '2026-03-09T06:00'],
    ])
  })

  it('come once on the day on which New York shows an hour twice', () => {
    expect(next({ every: 'day', hour: 1 }, 'America/New_York', '2026-10-31T12:00:00Z', 3)).toEqual([
      ...['2026-11-01T05:00', '2026-11-02T06:00', '2026-11-03T06:00'],
    ])
  })

  it('keep their hour on Lord Howe, whose clocks are set by half an hour', () => {
    expect(next({ every: 'week', weekday: 1, hour: 9 }, 'Australia/Lord_Howe', '2026-09-22T00:00:00Z', 3)).toEqual([
      ...['2026-09-27T22:30', '2026-10-04T22:00', '2026-10-11T22:00'],
    ])
    expect(next({ every: 'month', hour: 9 }, 'Australia/Lord_Howe', '2026-03-10T00:00:00Z', 2)).toEqual([
      ...['2026-03-31T22:00', '2026-04-30T22:30'],
    ])
  })

  it('begin with the one after the instant, which may be a slot itself', () => {
    expect(next({ every: 'minutes', minutes: 60 }, 'UTC', '2026-01-01T10:00:00Z', 2)).toEqual([
      ...['2026-01-01T11:00', '2026-01-01T12:00'],
    ])
  })
})

describe('a schedule', () => {
  const hourly = { rhythm: { every: 'minutes', minutes: 60 }, timeZone: 'UTC', scope: 'global' } as const
  const fresh = { lastSlot: null, since: null, oldestDue: null, isUnderWay: false }
  const at = (time: string) => new Date(`2026-01-01T${time}Z`)

  it('is late from a quarter of an hour after its slot on', () => {
    const pace = { ...fresh, lastSlot: at('10:00:00') }
    expect(isLate(hourly, pace, at('11:14:59'))).toBe(false)
    expect(lateSince(hourly, pace, at('11:15:00'))).toEqual(at('11:00:00'))
    expect(lateSince(hourly, pace, at('15:30:00'))).toEqual(at('11:00:00'))
  })

  it('is not late while a run of it is under way, nor before anybody knows since when there is such a schedule', () => {
    expect(isLate(hourly, { ...fresh, lastSlot: at('08:00:00'), isUnderWay: true }, at('11:00:00'))).toBe(false)
    expect(isLate(hourly, fresh, at('11:00:00'))).toBe(false)
    expect(lateSince(hourly, { ...fresh, since: at('09:30:00') }, at('11:00:00'))).toEqual(at('10:00:00'))
  })

  it('for each account is late where one of them should have been looked at', () => {
    const daily = { rhythm: { every: 'day', hour: 9 }, timeZone: 'America/New_York', scope: 'account' } as const
    expect(isLate(daily, { ...fresh, oldestDue: at('11:00:00') }, at('11:10:00'))).toBe(false)
    expect(isLate(daily, { ...fresh, oldestDue: at('11:00:00') }, at('11:15:00'))).toBe(true)
    expect(isLate(daily, { ...fresh, lastSlot: at('01:00:00') }, at('11:15:00'))).toBe(false)
  })
})
