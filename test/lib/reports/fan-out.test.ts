import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { countDueAccounts, fanOutPage, type ReportEvent } from '@/lib/reports/fan-out'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

/** Nine o'clock in New York, of a Tuesday. */
const NINE = new Date('2026-06-16T13:00:00Z')
const minutesLater = (minutes: number) => new Date(NINE.getTime() + minutes * 60_000)
let sent: ReportEvent[]
const send = async (events: ReportEvent[]) => void sent.push(...events)
const ids = () => sent.map(({ id }) => id)

/** A shop that has had its report of the day before. */
async function oldShop(): Promise<Actor> {
  const actor = await openShop()
  const [createdAt, decidedUpTo] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-06-15T13:00:00Z')]
  await db().account.update({ where: { id: actor.account.id }, data: { createdAt } })
  await db().reportSchedule.updateMany({ where: { accountId: actor.account.id }, data: { decidedUpTo, lookAt: NINE } })
  return actor
}

const slots = (accountId: string) => db().scheduleSlot.findMany({ where: { scope: accountId } })

beforeEach(async () => {
  sent = []
  await db().account.deleteMany()
})

describe('a tick', () => {
  it('sends an event for each account whose slot has come, and writes the slot down', async () => {
    const shops = [await oldShop(), await oldShop(), await oldShop()]
    expect(await countDueAccounts('daily', minutesLater(-1))).toBe(0)
    expect(await countDueAccounts('daily', NINE)).toBe(3)
    expect(await fanOutPage('daily', minutesLater(2), send)).toEqual({ accounts: 3, events: 3, isLast: true })
    expect(new Set(ids())).toEqual(new Set(shops.map(({ account }) => `report/${account.id}/daily/2026-06-15`)))
    expect(sent[0]?.data).toMatchObject({
      type: 'daily',
      startDate: '2026-06-15',
      endDate: '2026-06-15',
      single: false,
    })
    expect(await slots(shops[0]?.account.id ?? '')).toMatchObject([
      { scheduleId: 'daily-report', slot: NINE, status: 'done', lateMs: 120_000n, outcome: 'report of 2026-06-15' },
    ])
  })

  it('that comes again does nothing', async () => {
    await oldShop()
    await fanOutPage('daily', NINE, send)
    for (const minutes of [0, 15, 30]) {
      expect(await countDueAccounts('daily', minutesLater(minutes))).toBe(0)
      await fanOutPage('daily', minutesLater(minutes), send)
    }
    expect(sent).toHaveLength(1)
  })

  it('that died before or after it had sent sends the same events under the same ids', async () => {
    const shop = await oldShop()
    const dies = async () => {
      throw new Error('killed')
    }
    await expect(fanOutPage('daily', NINE, dies)).rejects.toThrow('killed')
    await expect(fanOutPage('daily', NINE, (events) => send(events).then(dies))).rejects.toThrow('killed')
    expect(await slots(shop.account.id)).toEqual([])
    await fanOutPage('daily', minutesLater(15), send)
    expect(sent).toHaveLength(2)
    expect(new Set(ids()).size).toBe(1)
    expect(await countDueAccounts('daily', minutesLater(30))).toBe(0)
  })

  it('beside another one sends nothing else, and each slot is there once', async () => {
    const shop = await oldShop()
    await Promise.all([fanOutPage('daily', NINE, send), fanOutPage('daily', NINE, send)])
    expect(new Set(ids()).size).toBe(1)
    expect(await slots(shop.account.id)).toHaveLength(1)
  })

  it('goes page by page, and each account is looked at once', async () => {
    await db().$executeRaw`
      INSERT INTO "Account" ("id", "ownerId", "name", "slug", "createdAt", "updatedAt")
      SELECT 'many-' || n, ${(await oldShop()).userId}, 'Shop', 'many-' || n, '2026-01-01', '2026-01-01'
      FROM generate_series(1, 1100) AS n`
    await db().reportSchedule.updateMany({ data: { decidedUpTo: new Date('2026-06-15T13:00:00Z'), lookAt: NINE } })
    const pages = []
    for (let page = await fanOutPage('daily', NINE, send); ; page = await fanOutPage('daily', NINE, send)) {
      pages.push(page.accounts)
      if (page.isLast) break
    }
    expect(pages).toEqual([500, 500, 101])
    expect(new Set(ids()).size).toBe(1_101)
  })

  it('sends nothing for what is switched off, or closed', async () => {
    const [off, closed] = [await oldShop(), await oldShop()]
    await db().reportSchedule.updateMany({ where: { accountId: off.account.id }, data: { isOn: false } })
    await db().account.update({ where: { id: closed.account.id }, data: { isActive: false, closedAt: NINE } })
    await fanOutPage('daily', NINE, send)
    expect(sent).toEqual([])
    expect(await countDueAccounts('daily', minutesLater(60 * 24 * 30))).toBe(0)
  })

  it('looks anew at an account whose settings were changed meanwhile', async () => {
    const shop = await oldShop()
    const changed = minutesLater(-1)
    await fanOutPage('daily', NINE, async (events) => {
      await send(events)
      await db().reportSchedule.updateMany({ where: { accountId: shop.account.id }, data: { lookAt: changed } })
    })
    expect(await countDueAccounts('daily', NINE)).toBe(1)
  })
})
