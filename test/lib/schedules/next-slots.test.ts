import { describe, expect, it } from 'vitest'
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
