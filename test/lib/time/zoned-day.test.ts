import { describe, expect, it } from 'vitest'
import { startOfDay, weekdayOf } from '@/lib/time/zoned-day'

const start = (at: string, zone: string, daysBefore = 0) => startOfDay(new Date(at), zone, daysBefore).toISOString()

describe('a day in a zone', () => {
  it.each([
    ['UTC', '2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
    ['UTC', '2026-11-25T23:59:59.999Z', '2026-11-25T00:00:00.000Z'],
    ['America/New_York', '2026-11-25T04:59:59.999Z', '2026-11-24T05:00:00.000Z'],
    ['America/New_York', '2026-11-25T05:00:00.000Z', '2026-11-25T05:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-25T18:30:00.000Z', '2026-11-25T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-25T10:00:00.000Z', '2026-11-25T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-25T10:59:59.999Z', '2026-11-24T11:00:00.000Z'],
  ])('begins at midnight there: %s, %s', (zone, at, begins) => {
    expect(start(at, zone)).toBe(begins)
  })

  it('has 23 or 25 hours when the clocks are changed', () => {
    const length = (day: string) => {
      const [next, own] = [start(`${day}T12:00:00Z`, 'Europe/Berlin', -1), start(`${day}T12:00:00Z`, 'Europe/Berlin')]
      return (Date.parse(next) - Date.parse(own)) / 3_600_000
    }
    expect(length('2026-03-28')).toBe(24)
    expect(length('2026-03-29')).toBe(23)
    expect(length('2026-10-25')).toBe(25)
  })

  it('begins at one where the clocks are put forward at midnight', () => {
    expect(start('2026-04-24T12:00:00Z', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z')
    expect(start('2018-11-04T12:00:00Z', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
  })

  it('begins at the first of two midnights where they are put back over it', () => {
    expect(start('2026-11-01T12:00:00Z', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z')
  })

  it('a week before begins at midnight too, over a change of the clocks', () => {
    expect(start('2026-10-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-10-27T23:00:00.000Z')
    expect(start('2026-10-28T12:00:00Z', 'Europe/Berlin', 7)).toBe('2026-10-20T22:00:00.000Z')
  })

  it('has its own day of the week', () => {
    expect(weekdayOf(new Date('2026-11-25T04:00:00Z'), 'America/New_York')).toBe(2)
    expect(weekdayOf(new Date('2026-11-25T05:00:00Z'), 'America/New_York')).toBe(3)
  })
})
