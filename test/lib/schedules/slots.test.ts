import { describe, expect, it } from 'vitest'
import { dueSlots, lastSlotUpTo, nextSlotAfter, type Rhythm, slotsBetween } from '@/lib/schedules/slots'

const daily: Rhythm = { every: 'day', hour: 9 }
const weekly: Rhythm = { every: 'week', weekday: 1, hour: 9 }
const monthly: Rhythm = { every: 'month', hour: 9 }
const atTwo: Rhythm = { every: 'day', hour: 2 }
const atOne: Rhythm = { every: 'day', hour: 1 }

const texts = (slots: Date[]) => slots.map((slot) => slot.toISOString().slice(0, 16))
const between = (rhythm: Rhythm, zone: string, after: string, upTo: string) =>
  texts(slotsBetween(rhythm, zone, new Date(after), new Date(upTo)))

describe('slots', () => {
  it.each([
    [
      'America/New_York',
      '2026-03-06',
      ['2026-03-06T14:00', '2026-03-07T14:00', '2026-03-08T13:00', '2026-03-09T13:00'],
    ],
    [
      'America/New_York',
      '2026-10-30',
      ['2026-10-30T13:00', '2026-10-31T13:00', '2026-11-01T14:00', '2026-11-02T14:00'],
    ],
    ['Europe/London', '2026-03-27', ['2026-03-27T09:00', '2026-03-28T09:00', '2026-03-29T08:00', '2026-03-30T08:00']],
    ['Europe/London', '2026-10-23', ['2026-10-23T08:00', '2026-10-24T08:00', '2026-10-25T09:00', '2026-10-26T09:00']],
    [
      'Australia/Lord_Howe',
      '2026-10-01',
      ['2026-10-01T22:30', '2026-10-02T22:30', '2026-10-03T22:00', '2026-10-04T22:00'],
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-02',
      ['2026-04-02T22:00', '2026-04-03T22:00', '2026-04-04T22:30', '2026-04-05T22:30'],
    ],
    ['Asia/Kathmandu', '2026-03-06', ['2026-03-06T03:15', '2026-03-07T03:15', '2026-03-08T03:15', '2026-03-09T03:15']],
    ['Pacific/Apia', '2026-04-02', ['2026-04-02T20:00', '2026-04-03T20:00', '2026-04-04T20:00', '2026-04-05T20:00']],
  ])('are at nine by the clocks of %s, across %s', (zone, from, expected) => {
    const upTo = new Date(Date.parse(`${from}T00:00:00Z`) + 4 * 86_400_000).toISOString()
    expect(between(daily, zone, `${from}T00:00:00Z`, upTo)).toEqual(expected)
  })

  it('in a gap take the next instant that exists, and are one a day', () => {
    expect(between(atTwo, 'America/New_York', '2026-03-07T00:00:00Z', '2026-03-10T00:00:00Z')).toEqual([
      ...['2026-03-07T07:00', '2026-03-08T07:00', '2026-03-09T06:00'],
    ])
    expect(between(atOne, 'Europe/London', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      ...['2026-03-28T01:00', '2026-03-29T01:00', '2026-03-30T00:00'],
    ])
    expect(between(atTwo, 'Australia/Lord_Howe', '2026-10-02T00:00:00Z', '2026-10-05T00:00:00Z')).toEqual([
      ...['2026-10-02T15:30', '2026-10-03T15:30', '2026-10-04T15:00'],
    ])
  })

  it('in an hour that comes twice take the first', () => {
    expect(between(atOne, 'America/New_York', '2026-10-31T00:00:00Z', '2026-11-03T00:00:00Z')).toEqual([
      ...['2026-10-31T05:00', '2026-11-01T05:00', '2026-11-02T06:00'],
    ])
    expect(between(atOne, 'Europe/London', '2026-10-23T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      ...['2026-10-24T00:00', '2026-10-25T00:00', '2026-10-26T01:00'],
    ])
  })

  it('of weeks are on their weekday, those of months on the 1st, both by the zone’s own calendar', () => {
    expect(between(weekly, 'Pacific/Apia', '2026-03-01T00:00:00Z', '2026-03-20T00:00:00Z')).toEqual([
      ...['2026-03-01T20:00', '2026-03-08T20:00', '2026-03-15T20:00'],
    ])
    expect(between(monthly, 'America/New_York', '2026-01-15T00:00:00Z', '2026-04-02T00:00:00Z')).toEqual([
      ...['2026-02-01T14:00', '2026-03-01T14:00', '2026-04-01T13:00'],
    ])
  })

  it('of minutes stand at whole ones', () => {
    const rhythm: Rhythm = { every: 'minutes', minutes: 5 }
    expect(between(rhythm, 'UTC', '2026-03-01T00:00:00Z', '2026-03-01T00:12:00Z')).toEqual([
      ...['2026-03-01T00:05', '2026-03-01T00:10'],
    ])
  })

  it('follow one another: the next one is the first that was not there before', () => {
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'])
      for (const rhythm of [daily, weekly, monthly, atTwo, atOne])
        for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 53 * 3_600_000 + 17 * 60_000) {
          const at = new Date(ms)
          const [last, next] = [lastSlotUpTo(rhythm, zone, at), nextSlotAfter(rhythm, zone, at)]
          expect(last.getTime()).toBeLessThanOrEqual(ms)
          expect(next.getTime()).toBeGreaterThan(ms)
          expect(lastSlotUpTo(rhythm, zone, next)).toEqual(next)
          expect(nextSlotAfter(rhythm, zone, last)).toEqual(next)
        }
  })
})

describe('missed slots', () => {
  const question = {
    ...{ rhythm: daily, timeZone: 'Asia/Kathmandu', graceMs: 15 * 60_000 },
    after: new Date('2026-03-04T03:15:00Z'),
  }
  const due = (policy: 'skip' | 'latest' | 'all', now: string) => {
    const found = dueSlots({ ...question, policy, now: new Date(now) })
    return { due: texts(found.due), skipped: texts(found.skipped) }
  }
  const [first, second, third] = ['2026-03-05T03:15', '2026-03-06T03:15', '2026-03-07T03:15']

  it('are given up, but for one that has just come', () => {
    expect(due('skip', '2026-03-07T03:29:59Z')).toEqual({ due: [third], skipped: [first, second] })
    expect(due('skip', '2026-03-07T03:30:00Z')).toEqual({ due: [], skipped: [first, second, third] })
  })

  it('are made up for by the latest alone', () => {
    expect(due('latest', '2026-03-07T20:00:00Z')).toEqual({ due: [third], skipped: [first, second] })
  })

  it('are made up for, each', () => {
    expect(due('all', '2026-03-07T20:00:00Z')).toEqual({ due: [first, second, third], skipped: [] })
  })

  it('are none when none has come', () => {
    for (const policy of ['skip', 'latest', 'all'] as const)
      expect(due(policy, '2026-03-05T03:14:59Z')).toEqual({ due: [], skipped: [] })
  })
})
