import { describe, expect, it } from 'vitest'
import { chartDays, periodBefore, periodBeforeThat, periodWords } from '@/lib/reports/find-period'

describe('the period that is over', () => {
  it.each([
    ['daily', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['daily', '2028-03-01', '2028-02-29', '2028-02-29'],
    ['weekly', '2026-11-23', '2026-11-16', '2026-11-22'],
    ['weekly', '2026-11-29', '2026-11-16', '2026-11-22'],
    ['weekly', '2027-01-04', '2026-12-28', '2027-01-03'],
    ['monthly', '2026-11-01', '2026-10-01', '2026-10-31'],
    ['monthly', '2027-01-31', '2026-12-01', '2026-12-31'],
    ['monthly', '2028-03-15', '2028-02-01', '2028-02-29'],
  ] as const)('of a %s report on %s is %s to %s', (type, date, startDate, endDate) => {
    expect(periodBefore(type, date)).toEqual({ startDate, endDate })
  })
})

describe('the period before that', () => {
  it('ends the day before, and is of the same type', () => {
    const month = { startDate: '2026-03-01', endDate: '2026-03-31' }
    expect(periodBeforeThat('monthly', month)).toEqual({ startDate: '2026-02-01', endDate: '2026-02-28' })
    const week = { startDate: '2026-11-16', endDate: '2026-11-22' }
    expect(periodBeforeThat('weekly', week)).toEqual({ startDate: '2026-11-09', endDate: '2026-11-15' })
  })

  it('is as long, for days that are no week and no month', () => {
    expect(periodBeforeThat('monthly', { startDate: '2026-03-05', endDate: '2026-03-07' })).toEqual({
      ...{ startDate: '2026-03-02', endDate: '2026-03-04' },
    })
  })
})

it('a chart shows the days of the period, or the seven up to a single one', () => {
  expect(chartDays({ startDate: '2026-03-02', endDate: '2026-03-02' })).toHaveLength(7)
  expect(chartDays({ startDate: '2026-02-01', endDate: '2026-02-28' })).toHaveLength(28)
  expect(chartDays({ startDate: '2026-03-02', endDate: '2026-03-02' })[0]).toBe('2026-02-24')
})

it('a period is said as people say it', () => {
  expect(periodWords('daily', { startDate: '2026-11-24', endDate: '2026-11-24' })).toMatch(
    /^Tuesday,? 24 November 2026$/,
  )
  expect(periodWords('weekly', { startDate: '2026-11-16', endDate: '2026-11-22' })).toBe('16–22 November 2026')
  expect(periodWords('monthly', { startDate: '2026-10-01', endDate: '2026-10-31' })).toBe('October 2026')
})
