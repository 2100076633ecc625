import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { requestReport, requestReportForm } from '@/lib/reports/request-report'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

/** Just before midnight of the 25th in New York, where it is the 26th in UTC. */
const NOW = new Date('2026-11-26T04:59:00Z')
const ask = async (change: object) => {
  const actor = await openShop()
  const form = requestReportForm.parse({ type: 'daily', startDate: '2026-11-20', requestId: randomUUID(), ...change })
  return { actor, form, answer: await requestReport(actor, form, NOW) }
}
const events = (accountId: string) =>
  db().outboxEvent.findMany({ where: { data: { path: ['accountId'], equals: accountId } } })

describe('a report of a past period', () => {
  it('is asked for once a form, under an id of its own', async () => {
    const { actor, form, answer } = await ask({ type: 'weekly', startDate: '2026-11-18' })
    const period = { startDate: '2026-11-16', endDate: '2026-11-22' }
    expect(answer).toEqual({ ok: true, period })
    await requestReport(actor, form, NOW)
    const id = `report/${actor.account.id}/weekly/2026-11-16/${form.requestId}`
    expect(await events(actor.account.id)).toMatchObject([
      { id, data: { ...period, type: 'weekly', withLetter: false, requestId: form.requestId } },
    ])
  })

  it('of somebody else’s shop is not asked for', async () => {
    const [ann, bob] = [await openShop(), await openShop()]
    const form = requestReportForm.parse({ type: 'daily', startDate: '2026-11-20', requestId: randomUUID() })
    await requestReport({ userId: bob.userId, account: ann.account }, form, NOW)
    expect(await events(ann.account.id)).toEqual([])
  })

  it('may be of yesterday, by the shop’s own clocks', async () => {
    expect((await ask({ startDate: '2026-11-24' })).answer).toMatchObject({ ok: true })
  })

  it.each([
    ['today, by the shop’s own clocks', { startDate: '2026-11-25' }, 'startDate', /not over yet/],
    ['a period in the future', { type: 'monthly', startDate: '2027-03-01' }, 'startDate', /March 2027 is not over yet/],
    ['a week that is under way', { type: 'weekly', startDate: '2026-11-23' }, 'startDate', /not over yet/],
    ['a range over 400 days', { startDate: '2024-01-01', endDate: '2025-12-31' }, 'endDate', /400 days at most/],
    ['an end before the beginning', { endDate: '2026-11-19' }, 'endDate', /not come before/],
    ['half a week', { type: 'weekly', startDate: '2026-11-16', endDate: '2026-11-19' }, 'endDate', /Monday to Sunday/],
    ['a time before all shops', { startDate: '0001-01-01' }, 'startDate', /2000-01-01/],
  ])('is refused for %s, in words', async (_, change, field, words) => {
    const { actor, answer } = await ask(change)
    expect(answer).toEqual({ ok: false, fields: { [field]: expect.stringMatching(words) } })
    expect(await events(actor.account.id)).toEqual([])
  })

  it.each(['2026-02-30', '24.11.2026', '', 7, null])('knows no date %s', (startDate) => {
    const parsed = requestReportForm.safeParse({ type: 'daily', startDate, requestId: randomUUID() })
    expect(parsed.error?.issues).toMatchObject([{ path: ['startDate'], message: expect.stringContaining('such as') }])
  })
})
