import { describe, expect, it } from 'vitest'
import { scheduleOf, schedules } from '@/inngest/schedules'
import { db } from '@/lib/db'
import { noteSchedules } from '@/lib/schedules/known-schedules'
import { lateSchedules, lateSlot } from '@/lib/schedules/late-schedules'
import { recordSlots } from '@/lib/schedules/take-slots'
import { openShop, ownShopDatabase } from '../../support/shop'

const at = (text: string) => new Date(`2026-03-02T${text}Z`)
const standing = { since: at('00:00:00'), decidedSlot: null, lastDoneAt: null, calledAt: null }

describe('a schedule for all', () => {
  const hourly = scheduleOf('reconcile-payments')

  it('is late from a quarter of an hour after a slot that is not done', () => {
    const done = { ...standing, decidedSlot: at('08:00:00') }
    expect(lateSlot(hourly, done, null, at('09:15:00'))).toBeNull()
    expect(lateSlot(hourly, done, null, at('09:15:01'))).toEqual(at('09:00:00'))
    expect(lateSlot(hourly, done, null, at('12:00:00'))).toEqual(at('09:00:00'))
  })

  it('is not late at its birth', () => {
    expect(lateSlot(hourly, { ...standing, since: at('08:30:00') }, null, at('09:15:00'))).toBeNull()
    expect(lateSlot(hourly, { ...standing, since: at('08:30:00') }, null, at('09:16:00'))).toEqual(at('09:00:00'))
    expect(lateSlot(hourly, { ...standing, since: null }, null, at('23:00:00'))).toBeNull()
  })

  it('is not late while a run of it is under way, but for one that nothing was heard of for long', () => {
    const late = (id: 'reconcile-payments' | 'health-check' | 'daily-cleanup', calledAt: Date, now: Date) =>
      lateSlot(scheduleOf(id), { ...standing, calledAt }, null, now) !== null
    expect(late('reconcile-payments', at('11:00:00'), at('12:00:00'))).toBe(false)
    expect(late('reconcile-payments', at('11:00:00'), at('12:00:01'))).toBe(true)
    expect(late('health-check', at('11:45:00'), at('12:00:00'))).toBe(false)
    expect(late('health-check', at('11:45:00'), at('12:00:01'))).toBe(true)
    expect(late('daily-cleanup', at('11:00:00'), at('12:00:00'))).toBe(false)
  })

  it('has its slot by the clocks of its zone', () => {
    // Two in the morning in New York is seven by UTC in winter.
    expect(lateSlot(scheduleOf('daily-cleanup'), standing, null, at('07:16:00'))).toEqual(at('07:00:00'))
    expect(lateSlot(scheduleOf('daily-cleanup'), standing, null, at('07:14:00'))).toBeNull()
  })
})

describe('a schedule of accounts', () => {
  const daily = scheduleOf('daily-report')

  it('is late from half an hour after an account was to be looked at', () => {
    expect(lateSlot(daily, standing, null, at('09:31:00'))).toBeNull()
    expect(lateSlot(daily, standing, at('09:00:00'), at('09:30:00'))).toBeNull()
    expect(lateSlot(daily, standing, at('09:00:00'), at('09:31:00'))).toEqual(at('09:00:00'))
  })

  it('is not late where it was looked through since', () => {
    const ticked = { ...standing, lastDoneAt: at('09:15:00') }
    expect(lateSlot(daily, ticked, at('03:00:00'), at('09:31:00'))).toBeNull()
    expect(lateSlot(daily, ticked, at('03:00:00'), at('09:46:00'))).toEqual(at('09:15:00'))
  })
})

describe('the schedules of the list', () => {
  ownShopDatabase()

  it('are not late when they are new, then each that is not done, and none once it is done', async () => {
    const account = await openShop()
    await db().reportSchedule.updateMany({ where: { accountId: account.account.id }, data: { lookAt: at('00:30:00') } })
    expect(await lateSchedules(schedules, at('03:00:00'))).toEqual([])
    await noteSchedules(schedules, at('00:00:00'))
    const late = async (now: Date) => (await lateSchedules(schedules, now)).map(({ scheduleId }) => scheduleId)
    expect(await lateSchedules(schedules, at('00:10:00'))).toEqual([])
    expect(await late(at('08:00:00'))).toEqual(schedules.map(({ id }) => id))
    const slots = [at('08:00:00')]
    await recordSlots({ scheduleId: 'reconcile-payments', slots, status: 'done', outcome: 'fine', now: at('08:00:05') })
    expect(await late(at('08:10:00'))).not.toContain('reconcile-payments')
  })

  it('owe nothing of before where they come at other times from now on', async () => {
    const moved = [{ ...scheduleOf('health-check'), id: 'moved' }]
    await noteSchedules(moved, at('00:00:00'))
    await noteSchedules(moved, at('05:00:00'))
    expect(await lateSchedules(moved, at('06:00:00'))).toMatchObject([{ slot: at('00:05:00') }])
    await noteSchedules([{ ...moved[0], id: 'moved', cron: 'TZ=UTC */10 * * * *' }], at('06:00:00'))
    expect(await lateSchedules(moved, at('06:10:00'))).toEqual([])
    await noteSchedules([], at('07:00:00'))
    expect(await db().knownSchedule.count()).toBe(0)
  })
})
