import { describe, expect, it } from 'vitest'
import { nextReportOf } from '@/lib/reports/next-report'
import { skippedHourNote } from '@/lib/reports/skipped-hour'

const shop = { timeZone: 'America/New_York', hour: 9, createdAt: new Date('2026-01-01T00:00:00Z') }
/** A Thursday, eight in the morning in New York. */
const NOW = new Date('2026-11-26T13:00:00Z')

describe('the next report', () => {
  it.each([
    ['daily', '2026-11-26T14:00:00.000Z', '2026-11-25', '2026-11-25'],
    ['weekly', '2026-11-30T14:00:00.000Z', '2026-11-23', '2026-11-29'],
    ['monthly', '2026-12-01T14:00:00.000Z', '2026-11-01', '2026-11-30'],
  ] as const)('%s comes at its hour, of the period that is over by then', (type, at, startDate, endDate) => {
    const next = nextReportOf(type, shop, NOW)
    expect({ ...next, at: next.at.toISOString() }).toEqual({ at, period: { startDate, endDate } })
  })

  it('of a shop that is new comes when its first day, week or month is over', () => {
    const young = { ...shop, createdAt: new Date('2026-11-26T12:00:00Z') }
    expect(nextReportOf('daily', young, NOW).at.toISOString()).toBe('2026-11-27T14:00:00.000Z')
    expect(nextReportOf('weekly', young, NOW).at.toISOString()).toBe('2026-11-30T14:00:00.000Z')
    const first = { ...shop, createdAt: new Date('2026-12-01T05:00:00Z') }
    expect(nextReportOf('monthly', first, new Date('2026-12-01T13:00:00Z')).at.toISOString()).toBe(
      '2027-01-01T14:00:00.000Z',
    )
  })
})

describe('an hour', () => {
  it('that the clocks skip within a year is told of, any other is not', () => {
    expect(skippedHourNote(2, 'America/New_York', NOW)).toBe(
      'The clocks in America/New_York skip 02:00 on 2027-03-14: that day it is 03:00.',
    )
    expect(skippedHourNote(9, 'America/New_York', NOW)).toBeUndefined()
    expect(skippedHourNote(2, 'Asia/Kathmandu', NOW)).toBeUndefined()
  })
})
