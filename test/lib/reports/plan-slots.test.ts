import { describe, expect, it } from 'vitest'
import { planSlots } from '@/lib/reports/plan-slots'

const at = (text: string) => new Date(`${text}Z`)
const long = at('2020-01-01T00:00')
const looked = (timeZone: string, decidedUpTo: string, hour = 9) => ({
  ...{ timeZone, hour, decidedUpTo: at(decidedUpTo), createdAt: long },
})
const said = ({ due, skipped, empty, lookAt }: ReturnType<typeof planSlots>) => ({
  due: due.map(({ slot, period }) => `${slot.toISOString().slice(0, 16)} ${period.startDate}..${period.endDate}`),
  ...{ skipped: skipped.length, empty: empty.length, lookAt: lookAt.toISOString().slice(0, 16) },
})

describe('what an account’s reports owe', () => {
  it.each([
    ['America/New_York', '2026-03-07T14:00', '2026-03-08T13:00', '2026-03-09T13:00', '2026-03-07'],
    ['America/New_York', '2026-10-31T13:00', '2026-11-01T14:00', '2026-11-02T14:00', '2026-10-31'],
    ['Europe/London', '2026-03-28T09:00', '2026-03-29T08:00', '2026-03-30T08:00', '2026-03-28'],
    ['Europe/London', '2026-10-24T08:00', '2026-10-25T09:00', '2026-10-26T09:00', '2026-10-24'],
    ['Australia/Lord_Howe', '2026-10-02T22:30', '2026-10-03T22:00', '2026-10-04T22:00', '2026-10-03'],
    ['Australia/Lord_Howe', '2026-04-03T22:00', '2026-04-04T22:30', '2026-04-05T22:30', '2026-04-04'],
    ['Asia/Kathmandu', '2026-03-07T03:15', '2026-03-08T03:15', '2026-03-09T03:15', '2026-03-07'],
    ['Pacific/Apia', '2026-03-07T20:00', '2026-03-08T20:00', '2026-03-09T20:00', '2026-03-08'],
  ])(
    'in %s after %s is the report of the day before, at %s, and not a minute earlier',
    (zone, after, slot, next, day) => {
      const early = new Date(at(slot).getTime() - 1)
      expect(said(planSlots('daily', looked(zone, after), early))).toMatchObject({ due: [], lookAt: slot })
      expect(said(planSlots('daily', looked(zone, after), at(slot)))).toEqual({
        ...{ due: [`${slot} ${day}..${day}`], skipped: 0, empty: 0, lookAt: next },
      })
    },
  )

  it('after three days away is the last day’s report, and each month’s', () => {
    expect(
      said(planSlots('daily', looked('Asia/Kathmandu', '2026-03-04T03:15'), at('2026-03-07T20:00'))),
    ).toMatchObject({
      ...{ due: ['2026-03-07T03:15 2026-03-06..2026-03-06'], skipped: 2 },
    })
    expect(
      said(planSlots('monthly', looked('Asia/Kathmandu', '2026-01-15T00:00'), at('2026-03-07T20:00'))),
    ).toMatchObject({
      due: ['2026-02-01T03:15 2026-01-01..2026-01-31', '2026-03-01T03:15 2026-02-01..2026-02-28'],
    })
  })

  it('is nothing of a time before there was the shop', () => {
    const young = { ...looked('UTC', '2026-03-07T08:00'), createdAt: at('2026-03-07T08:00') }
    expect(said(planSlots('daily', young, at('2026-03-07T09:00')))).toMatchObject({ due: [], empty: 1 })
    expect(said(planSlots('daily', young, at('2026-03-08T09:00')))).toMatchObject({
      empty: 0,
      due: [expect.any(String)],
    })
  })

  it('at an hour in a clock’s gap comes when the gap is over', () => {
    const plan = planSlots('daily', looked('America/New_York', '2026-03-07T07:00', 2), at('2026-03-08T07:00'))
    expect(said(plan)).toMatchObject({ due: ['2026-03-08T07:00 2026-03-07..2026-03-07'], lookAt: '2026-03-09T06:00' })
  })
})
