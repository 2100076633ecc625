import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { recordSlots, takeSlots } from '@/lib/schedules/take-slots'
import { ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const hourly = { rhythm: { every: 'minutes', minutes: 60 }, timeZone: 'UTC', missedSlots: 'latest' } as const
const at = (text: string) => new Date(`2026-03-01T${text}Z`)
const done = (scheduleId: string, slots: Date[], now: Date) =>
  recordSlots({ scheduleId, slots, status: 'done', outcome: 'fine', now })

describe('the slots of a schedule for all', () => {
  it('begin with the one that has just come', async () => {
    expect(await takeSlots({ ...hourly, id: 'new' }, at('09:00:04'))).toEqual({ due: [at('09:00:00')], skipped: 0 })
    expect(await takeSlots({ ...hourly, id: 'new' }, at('09:40:00'))).toEqual({ due: [], skipped: 0 })
  })

  it('begin with that one alone, however often they come', async () => {
    const often = { ...hourly, rhythm: { every: 'minutes', minutes: 5 }, id: 'often' } as const
    expect(await takeSlots(often, at('09:00:04'))).toEqual({ due: [at('09:00:00')], skipped: 0 })
  })

  it('are named until they are recorded, and then no more', async () => {
    const schedule = { ...hourly, id: 'again' }
    const { due } = await takeSlots(schedule, at('09:00:04'))
    expect(await takeSlots(schedule, at('09:01:00'))).toEqual({ due, skipped: 0 })
    await done('again', due, at('09:01:00'))
    expect(await takeSlots(schedule, at('09:15:00'))).toEqual({ due: [], skipped: 0 })
  })

  it('are recorded with how late they were and what came of them, once', async () => {
    const schedule = { ...hourly, id: 'late' }
    await done('late', [at('09:00:00')], at('09:00:30'))
    expect(await takeSlots(schedule, at('12:20:00'))).toEqual({ due: [at('12:00:00')], skipped: 2 })
    await done('late', [at('12:00:00')], at('12:21:00'))
    await done('late', [at('12:00:00')], at('12:59:00'))
    const rows = await db().scheduleSlot.findMany({ where: { scheduleId: 'late' }, orderBy: { slot: 'asc' } })
    expect(rows.map(({ slot, status, lateMs }) => [slot.toISOString().slice(11, 16), status, Number(lateMs)])).toEqual([
      ['09:00', 'done', 30_000],
      ['10:00', 'skipped', 8_400_000],
      ['11:00', 'skipped', 4_800_000],
      ['12:00', 'done', 1_260_000],
    ])
  })
})
