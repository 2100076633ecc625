import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { type FiguresWanted, readFigures } from '@/lib/reports/figures/read-figures'
import { periodOf } from '@/lib/reports/find-period'
import { reportTypes } from '@/lib/reports/report-schedules'
import { Chance } from '../../support/chance'
import { type PastOrder, pastOrder } from '../../support/past-orders'
import { someFigures, storedReport } from '../../support/reports'
import { addProduct, openShop, ownShopDatabase } from '../../support/shop'
import { slowFigures } from './slow-figures'

ownShopDatabase()

const HOUR_MS = 3_600_000
const ZONES = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
/** Around clock changes of each year's two seasons. */
const DATES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']
const STATUSES = ['placed', 'confirmed', 'confirmed', 'confirmed', 'refunded', 'failed', 'declined'] as const

/** How far before and after a date there are orders, in hours: enough for the period before. */
const SPREAD = { daily: [-72, 72], weekly: [-17 * 24, 10 * 24], monthly: [-70 * 24, 40 * 24] } as const

function randomOrder(
  chance: Chance,
  around: number,
  [least, most]: readonly [number, number],
  productIds: string[],
): PastOrder {
  // Whole hours, so that many lie on a day's very edge.
  const placedAt = new Date(around + chance.between(least, most) * HOUR_MS + chance.pick([0, 0, -1, 1_800_000]))
  const status = chance.pick(STATUSES)
  const items = chance
    .shuffled(productIds)
    .slice(0, chance.between(1, 3))
    .map((productId) => ({ productId, priceMinor: chance.between(1, 5_000), quantity: chance.between(1, 4) }))
  return {
    ...{ placedAt, status, items, endedAt: new Date(placedAt.getTime() + chance.between(0, 200) * HOUR_MS) },
    ...(chance.is(0.1) ? { currency: 'JPY' } : {}),
    ...(status === 'confirmed' && chance.is(0.3) ? { refundedMinor: 1 } : {}),
  }
}

async function randomShop(chance: Chance): Promise<{ actor: Actor; wanted: FiguresWanted }> {
  const actor = await openShop()
  const productIds: string[] = []
  for (let n = 0; n < 7; n++) productIds.push(await addProduct(actor))
  const [date, type, timeZone] = [chance.pick(DATES), chance.pick(reportTypes), chance.pick(ZONES)]
  for (let n = chance.between(0, 40); n > 0; n--)
    await pastOrder(actor, randomOrder(chance, Date.parse(date), SPREAD[type], productIds))
  const wanted = { ...periodOf(type, date), accountId: actor.account.id, type, timeZone, currency: 'USD' }
  return { actor, wanted }
}

describe('figures of many shops at once', () => {
  it.each([1, 2, 3])(
    'are those of a slow count of each, in zones around their clock changes (seed %s)',
    async (seed) => {
      const chance = new Chance(seed)
      const shops: { wanted: FiguresWanted }[] = []
      for (let n = 0; n < 12; n++) shops.push(await randomShop(chance))
      const found = await readFigures(shops.map(({ wanted }) => wanted))
      for (const [i, { wanted }] of shops.entries())
        expect(found[i], JSON.stringify(wanted)).toMatchObject(await slowFigures(wanted))
      expect(found.reduce((sum, { orders }) => sum + orders.now, 0)).toBeGreaterThan(10)
    },
  )

  it('tell how many ran low by the report before, of the same type and of the period just before', async () => {
    const actor = await openShop()
    await addProduct(actor, { title: 'Low', onHand: 1, lowStockLevel: 10 })
    const low = (count: number) => ({ figures: someFigures({ lowStock: { count, products: [] } }) })
    await storedReport(actor, 'daily', '2026-03-01', low(9))
    await storedReport(actor, 'daily', '2026-03-02', low(4))
    await storedReport(actor, 'weekly', '2026-03-02', low(8))
    const days = { startDate: '2026-03-03', endDate: '2026-03-03' }
    const wanted = { ...days, accountId: actor.account.id, type: 'daily' as const, timeZone: 'UTC', currency: 'USD' }
    expect((await readFigures([wanted]))[0]?.lowStock).toMatchObject({ count: 1, before: 4 })
  })

  it('tell what runs low and what could not be done', async () => {
    const actor = await openShop()
    const accountId = actor.account.id
    await addProduct(actor, { title: 'Ample', onHand: 100 })
    for (let n = 0; n < 7; n++) await addProduct(actor, { title: `Low ${n}`, onHand: n, lowStockLevel: 10 })
    const productId = await addProduct(actor, { title: 'Gone', onHand: 0 })
    await db().product.update({ where: { id: productId }, data: { archivedAt: new Date() } })
    const at = (text: string) => new Date(`2026-03-0${text}:00Z`)
    await pastOrder(actor, {
      placedAt: at('2T10:00'),
      endedAt: at('3T10:00'),
      status: 'failed',
      items: [{ productId, priceMinor: 1, quantity: 1 }],
    })
    await db().productImport.create({
      data: {
        id: randomUUID(),
        accountId,
        fileName: 'a.csv',
        bytes: 1,
        sha256: 'x',
        isDryRun: false,
        status: 'failed',
        problem: 'no',
        createdAt: at('2T12:00'),
        endedAt: at('2T12:00'),
      },
    })
    const wanted = {
      accountId,
      type: 'daily' as const,
      timeZone: 'UTC',
      currency: 'USD',
      startDate: '2026-03-03',
      endDate: '2026-03-03',
    }
    const [figures] = await readFigures([wanted])
    expect(figures).toMatchObject({
      lowStock: { count: 7, before: null, products: [0, 1, 2, 3, 4].map((n) => ({ title: `Low ${n}`, available: n })) },
      failedWork: { orders: { now: 1, before: 0 }, imports: { now: 0, before: 1 }, images: { now: 0, before: 0 } },
    })
  })
})
