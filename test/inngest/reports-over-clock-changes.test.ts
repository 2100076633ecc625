import { expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { addDays } from '@/lib/time/calendar-date'
import { wallClockOf } from '@/lib/time/zoned-instant'
import { clockChanges } from '../support/clock-changes'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: ['daily-report', 'weekly-digest', 'monthly-report'] })
const { settle } = workOf(product)

const ZONES = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
const HOUR_MS = 3_600_000
const dateOf = (at: Date) => at.toISOString().slice(0, 10)

it('across all clock changes of a year, each shop has one report of each day at nine by its own clocks, and one letter', async () => {
  // Else the cleanup takes what this looks at in the end.
  product.setEnv({ KEEP_SLOTS_DAYS: '3650', KEEP_LETTERS_DAYS: '3650' })
  const shops = []
  for (const timeZone of ZONES) shops.push(await signedUp({ timeZone }))
  const changes = ZONES.flatMap((timeZone) => clockChanges(timeZone, now())).sort((a, b) => a.getTime() - b.getTime())
  expect(changes).toHaveLength(6)
  for (const change of changes) {
    await settle(Math.max(0, change.getTime() - 30 * HOUR_MS - now().getTime()))
    for (let third = 0; third < 9; third++) await settle(8 * HOUR_MS)
  }
  // What came with the last tick is in a batch that waits for others.
  await settle('1m')
  for (const { accountId, timeZone, email } of shops) {
    const where = { accountId, type: 'daily' as const }
    const reports = await db().report.findMany({ where })
    const slots = await db().scheduleSlot.findMany({ where: { scope: accountId, scheduleId: 'daily-report' } })
    for (const { slot } of slots) expect(wallClockOf(slot, timeZone), timeZone).toMatchObject({ hour: 9, minute: 0 })
    const dates = slots.map(({ slot }) => wallClockOf(slot, timeZone).date).sort()
    expect(new Set(dates).size, `${timeZone}: one slot a day`).toBe(dates.length)
    const reported = slots.filter(({ outcome }) => outcome.startsWith('report of'))
    expect(reports.map(({ startDate }) => dateOf(startDate)).sort(), timeZone).toEqual(
      reported.map(({ slot }) => addDays(wallClockOf(slot, timeZone).date, -1)).sort(),
    )
    expect(reports.length, timeZone).toBeGreaterThanOrEqual(15)
    const keys = await db().letter.findMany({ where: { to: email, template: 'report', status: 'sent' } })
    expect(keys.length, timeZone).toBe(await db().report.count({ where: { accountId } }))
  }
  const arrived = product
    .mail()
    .letters()
    .filter(({ letter }) => letter.html?.includes('/chart.png'))
  expect(arrived).toHaveLength(await db().report.count())
}, 120_000)
