import { describe, expect, it } from 'vitest'
import { readReportSettings } from '@/lib/accounts/read-report-settings'
import { reportSettingsForm, updateReportSettings } from '@/lib/accounts/update-report-settings'
import { db } from '@/lib/db'
import { topicOf, unsubscribe, unsubscribeUrl } from '@/lib/emails/unsubscribe'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const form = {
  ...{ timeZone: 'Asia/Kathmandu', hour: 7, daily: true, weekly: false, monthly: true },
  recipients: ['bea@example.com', 'Cid@Example.com', 'cid@example.com'],
}
const problemsOf = (change: object) =>
  reportSettingsForm.safeParse({ ...form, ...change }).error?.issues.map(({ path, message }) => [path[0], message])

describe('the settings of reports', () => {
  it('are nine o’clock, every report and the owner until somebody says otherwise', async () => {
    expect(await readReportSettings(await openShop())).toEqual({
      ...{ timeZone: 'America/New_York', hour: 9, daily: true, weekly: true, monthly: true },
      ...{ recipients: [], unsubscribed: [] },
    })
  })

  it('are as they were chosen, each address once', async () => {
    const actor = await openShop()
    expect(await updateReportSettings(actor, reportSettingsForm.parse(form))).toEqual({ ok: true })
    expect(await readReportSettings(actor)).toMatchObject({
      ...form,
      recipients: ['bea@example.com', 'cid@example.com'],
    })
    const schedules = await db().reportSchedule.findMany({ where: { accountId: actor.account.id } })
    expect(
      schedules
        .filter(({ isOn }) => isOn)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['daily', 'monthly'])
  })

  it('of a shop are changed by its owner alone', async () => {
    const [ann, bob] = [await openShop(), await openShop()]
    await updateReportSettings({ userId: bob.userId, account: ann.account }, reportSettingsForm.parse(form))
    expect(await readReportSettings(ann)).toMatchObject({ hour: 9, weekly: true, recipients: [] })
  })

  it('owe nothing for the time in which a report was off', async () => {
    const actor = await openShop()
    await updateReportSettings(actor, reportSettingsForm.parse({ ...form, daily: false }))
    const off = await db().reportSchedule.findFirstOrThrow({ where: { accountId: actor.account.id, type: 'daily' } })
    await updateReportSettings(actor, reportSettingsForm.parse(form))
    const on = await db().reportSchedule.findFirstOrThrow({ where: { accountId: actor.account.id, type: 'daily' } })
    expect(on.decidedUpTo.getTime()).toBeGreaterThanOrEqual(off.decidedUpTo.getTime())
    expect(on).toMatchObject({ isOn: true, lookAt: on.decidedUpTo })
  })

  it('tell of an hour that the clocks will skip', async () => {
    const actor = await openShop()
    const change = { timeZone: 'America/New_York', hour: 2 }
    expect(await updateReportSettings(actor, reportSettingsForm.parse({ ...form, ...change }))).toEqual({
      ok: true,
      note: expect.stringMatching(
        /^The clocks in America\/New_York skip 02:00 on \d{4}-03-\d\d: that day it is 03:00\.$/,
      ),
    })
  })

  it('name who has unsubscribed', async () => {
    const actor = await openShop()
    const url = new URL(unsubscribeUrl({ email: actor.email, topic: `reports/${actor.account.id}` }))
    await unsubscribe(url.searchParams.get('token') ?? '')
    expect(topicOf('a.b')).toBeUndefined()
    expect(await readReportSettings(actor)).toMatchObject({ unsubscribed: [actor.email] })
  })

  it.each([
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, 'timeZone', /such as Europe\/Berlin/],
    ['an hour that does not exist', { hour: 24 }, 'hour', /from 0 to 23/],
    ['half an hour', { hour: 7.5 }, 'hour', /whole hour/],
    ['a switch that is none', { daily: 'on' }, 'daily', /true or false/],
    ['no address', { recipients: ['bea'] }, 'recipients', /such as ann@example\.com/],
    ['10,000 addresses', { recipients: Array(10_000).fill('bea@example.com') }, 'recipients', /20 addresses at most/],
  ])('are refused for %s, in words', (_, change, field, words) => {
    const problems = problemsOf(change) ?? []
    expect(problems[0]?.[0]).toBe(field)
    expect(problems[0]?.[1]).toMatch(words)
    expect(problems.length).toBe(1)
  })
})
