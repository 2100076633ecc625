import { describe, expect, it } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { db } from '@/lib/db'
import { actorOf } from '../support/actors'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct()
const { settle, runsOf } = workOf(product)

const ZONES = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']

/** The letters with reports that reached somebody. */
const reportsTo = (email: string) =>
  product
    .mail()
    .letters()
    .filter(({ letter }) => letter.to.includes(email) && letter.headers?.['List-Unsubscribe'])

const inZones = () => Promise.all(ZONES.map((timeZone) => signedUp({ timeZone })))

const reports = () => db().report.findMany({ orderBy: [{ accountId: 'asc' }, { startDate: 'asc' }] })

describe('a report', () => {
  it('is made for each account on its morning, with one letter', async () => {
    const shops = await inZones()
    await settle('25h')
    await settle('24h')
    const made = await reports()
    for (const { accountId, email } of shops) {
      const days = made.filter((report) => report.accountId === accountId && report.type === 'daily')
      expect(days.length, accountId).toBeGreaterThan(0)
      expect(reportsTo(email), email).toHaveLength(made.filter((report) => report.accountId === accountId).length)
    }
    expect(await db().letter.count({ where: { template: 'report', status: { not: 'sent' } } })).toBe(0)
  })

  it('is made once, though the next ticks look again', async () => {
    await inZones()
    await settle('48h')
    const before = await reports()
    expect(before.length).toBeGreaterThan(0)
    for (let tick = 0; tick < 3; tick++) await settle('15m')
    expect(
      (await reports()).filter(({ type, startDate }) =>
        before.some((b) => b.type === type && +b.startDate === +startDate),
      ),
    ).toEqual(before)
  })

  it('is not made for an account that was closed', async () => {
    const ann = await signedUp()
    await closeAccount(await actorOf(ann))
    await settle('72h')
    expect(await reports()).toEqual([])
    expect(await db().reportSchedule.findMany({ select: { lookAt: true } })).toEqual(Array(3).fill({ lookAt: null }))
  })

  it('that can’t be made with others is sent again alone, fails by itself, and leaves the others be', async () => {
    const [bad, ...good] = await inZones()
    await db().account.update({ where: { id: bad?.accountId ?? '' }, data: { timeZone: 'Mars/Olympus' } })
    await settle('48h')
    await settle('24h')
    const made = await reports()
    expect(new Set(made.map(({ accountId }) => accountId))).toEqual(new Set(good.map(({ accountId }) => accountId)))
    const letters = await db().deadLetter.findMany()
    expect(letters.length).toBeGreaterThan(0)
    for (const { functionId, events } of letters) {
      expect(functionId).toBe('generate-report')
      expect(events).toMatchObject([{ data: { accountId: bad?.accountId, single: true } }])
    }
  })

  it('tells how far the fan-out has come', async () => {
    await inZones()
    await settle('48h')
    const runs = await runsOf('daily-report')
    expect(runs.filter(({ progress }) => progress !== null)).toMatchObject([
      { status: 'completed', progress: { step: 5, totalSteps: 5, percent: 100 } },
    ])
  })
})
