import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { schedules } from '@/inngest/schedules'
import { NotAllowedError } from '@/lib/auth/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { pauseFunction } from '@/lib/functions/hold-function'
import { type RunNowForm, runScheduleNow } from '@/lib/schedules/run-now'
import { addDays } from '@/lib/time/calendar-date'
import { wallClockOf } from '@/lib/time/zoned-instant'
import { actorOf } from '../support/actors'
import { signedUp } from '../support/factories'
import { everySchedule, ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: everySchedule })
const { settle, runsOf } = workOf(product)

/** The first to sign up is the operator. */
const operator = async () => actorOf(await signedUp())

const today = () => wallClockOf(now(), 'America/New_York').date
const daysAgo = (days: number) => addDays(today(), -days)

function form(change: Partial<RunNowForm> & { scheduleId: string }): RunNowForm {
  return { makeAgain: false, withLetter: false, requestId: randomUUID(), ...change }
}

const lettersTo = (email: string) =>
  product
    .mail()
    .letters()
    .filter(({ letter }) => letter.to.includes(email) && letter.headers?.['List-Unsubscribe'])

const askedRuns = async (id: string) =>
  (await runsOf(id)).filter(({ eventName }) => eventName === 'schedule/run-requested')

const reportsOf = (startDate: string) => db().report.findMany({ where: { startDate: new Date(startDate) } })

const daily = (startDate: string, change: Partial<RunNowForm> = {}) =>
  form({ scheduleId: 'daily-report', startDate, ...change })

/** A shop that was there weeks ago. */
async function oldShop() {
  const shop = await signedUp()
  await db().account.update({
    where: { id: shop.accountId },
    data: { createdAt: new Date(now().getTime() - 60 * 24 * 3_600_000) },
  })
  return shop
}

describe('a schedule that is run now', () => {
  it('makes the reports of a period for every open shop, each with its letter', async () => {
    const actor = await operator()
    const shops = [await oldShop(), await oldShop()]
    const day = daysAgo(10)
    expect(await runScheduleNow(actor, schedules, daily(day), now())).toMatchObject({ ok: true })
    await settle('1m')
    const made = await reportsOf(day)
    expect(made.map(({ accountId }) => accountId).sort()).toEqual(shops.map(({ accountId }) => accountId).sort())
    for (const { email } of shops) expect(lettersTo(email)).toHaveLength(1)
    expect(await askedRuns('daily-report')).toMatchObject([
      { status: 'completed', output: { accounts: 3, events: 2 }, progress: { step: 3, totalSteps: 3, percent: 100 } },
    ])
  })

  it('makes nothing twice: what is there stays as it is, without a second letter', async () => {
    const actor = await operator()
    const [day, shop] = [daysAgo(10), await oldShop()]
    await runScheduleNow(actor, schedules, daily(day), now())
    await settle('1m')
    const late = await oldShop()
    await runScheduleNow(actor, schedules, daily(day), now())
    await settle('1m')
    expect((await askedRuns('daily-report')).map(({ output }) => output)).toMatchObject([{ events: 1 }, { events: 1 }])
    expect(await reportsOf(day)).toMatchObject([{ version: 1 }, { version: 1 }])
    expect([shop, late].map(({ email }) => lettersTo(email).length)).toEqual([1, 1])
  })

  it('makes again what is there where that is asked for, with a letter only where that is, too', async () => {
    const actor = await operator()
    const [day, shop] = [daysAgo(10), await oldShop()]
    for (const change of [{}, { makeAgain: true }, { makeAgain: true, withLetter: true }]) {
      await runScheduleNow(actor, schedules, daily(day, change), now())
      await settle('1m')
    }
    expect(await reportsOf(day)).toMatchObject([{ version: 3 }])
    expect(lettersTo(shop.email)).toHaveLength(2)
  })

  it('is one run for one request, however often it is sent, and stands in the audit list once', async () => {
    const actor = await operator()
    await oldShop()
    const same = form({ scheduleId: 'weekly-digest', startDate: daysAgo(14) })
    await Promise.all([1, 2, 3].map(() => runScheduleNow(actor, schedules, same, now())))
    await settle('1m')
    await runScheduleNow(actor, schedules, same, now())
    await settle('1m')
    expect(await askedRuns('weekly-digest')).toHaveLength(1)
    expect(await db().report.count({ where: { type: 'weekly' } })).toBe(1)
    expect(await db().auditEntry.findMany()).toMatchObject([
      { act: 'run schedule', subject: 'schedule/weekly-digest', actorEmail: actor.email },
    ])
  })

  it('leaves out a shop that wants no such report', async () => {
    const actor = await operator()
    const shop = await oldShop()
    await db().reportSchedule.updateMany({ where: { accountId: shop.accountId }, data: { isOn: false } })
    const day = daysAgo(10)
    await runScheduleNow(actor, schedules, daily(day), now())
    await settle('1m')
    expect(await reportsOf(day)).toEqual([])
  })

  it('does its work even where its slot is done', async () => {
    const actor = await operator()
    await settle('24h')
    await runScheduleNow(actor, schedules, form({ scheduleId: 'daily-cleanup' }), now())
    await runScheduleNow(actor, schedules, form({ scheduleId: 'reconcile-payments' }), now())
    await settle('1m')
    expect(await askedRuns('daily-cleanup')).toMatchObject([{ status: 'completed', output: { total: 0 } }])
    expect((await askedRuns('daily-cleanup'))[0]?.output).not.toHaveProperty('reason')
    // There is no provider here: that it was asked says that the slot, which is done, was no reason to do nothing.
    const reason = 'the payment provider is away'
    expect(await askedRuns('reconcile-payments')).toMatchObject([{ status: 'completed', output: { reason } }])
  })
})

describe('a request to run a schedule', () => {
  it('is refused in words where there can be no such run, and nothing is written', async () => {
    const actor = await operator()
    const say = async (change: Partial<RunNowForm> & { scheduleId: string }) => {
      const answer = await runScheduleNow(actor, schedules, form(change), now())
      return answer.ok ? 'done' : answer.message
    }
    expect(await say({ scheduleId: 'nothing' })).toBe('There is no such schedule.')
    expect(await say({ scheduleId: 'daily-report' })).toBe('Give a day such as 2026-11-24.')
    expect(await say({ scheduleId: 'daily-report', startDate: today() })).toMatch(/is not over yet/)
    expect(await say({ scheduleId: 'monthly-report', startDate: daysAgo(0) })).toMatch(/is not over yet/)
    expect(await say({ scheduleId: 'daily-report', startDate: '1999-12-31' })).toBe('Choose a day from 2000-01-01 on.')
    expect(await say({ scheduleId: 'daily-report', startDate: daysAgo(9), withLetter: true })).toMatch(/made again/)
    await pauseFunction(actor, 'daily-cleanup')
    expect(await say({ scheduleId: 'daily-cleanup' })).toBe('daily-cleanup is paused. Resume it first.')
    expect(await db().outboxEvent.count({ where: { name: 'schedule/run-requested' } })).toBe(0)
    expect(await db().auditEntry.count({ where: { act: 'run schedule' } })).toBe(0)
  })

  it('is an operator’s alone', async () => {
    await operator()
    const owner = await operator()
    expect(owner.isOperator).toBe(false)
    await expect(runScheduleNow(owner, schedules, form({ scheduleId: 'daily-cleanup' }), now())).rejects.toThrow(
      NotAllowedError,
    )
  })
})
