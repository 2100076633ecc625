import { Cron } from 'croner'
import { describe, expect, it } from 'vitest'
import { schedules } from '@/inngest/schedules'
import { slotsBetween } from '@/lib/schedules/slots'

const YEAR = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') }
const MINUTE_MS = 60_000

describe('the list of schedules', () => {
  it('holds each once, with a cron that carries its zone', () => {
    const ids = schedules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { cron } of schedules) expect(cron).toMatch(/^TZ=\S+ (\S+ ){4}\S+$/)
  })

  it('looks at the very slot of each schedule for all, or within the hour where a clock skips it', () => {
    for (const { id, cron, rhythm, timeZone, scope } of schedules) {
      if (scope !== 'global' || rhythm.every === 'minutes') continue
      const [zone = '', ...fields] = cron.replace('TZ=', '').split(' ')
      expect(zone, id).toBe(timeZone)
      const ticks = new Cron(fields.join(' '), { timezone: zone, paused: true })
      for (const slot of slotsBetween(rhythm, timeZone, YEAR.from, YEAR.to)) {
        const tick = ticks.nextRun(new Date(slot.getTime() - 1))
        expect((tick?.getTime() ?? Number.NaN) - slot.getTime(), `${id} ${slot.toISOString()}`).toBeLessThanOrEqual(
          60 * MINUTE_MS,
        )
      }
    }
  })
})
