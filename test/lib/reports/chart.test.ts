import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET } from '@/app/reports/[id]/chart.png/route'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { chartUrl } from '@/lib/reports/chart-link'
import { chartSvg } from '@/lib/reports/draw-chart'
import { storage } from '@/lib/storage'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let dir: string

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-charts-'))
  process.env.BACKROOM_DATA_DIR = dir
  forgetEnv()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const none = { now: 0, before: 0 }
const figures = {
  ...{ orders: none, revenueMinor: none, refundedMinor: none, newCustomers: none },
  averageOrderMinor: { now: null, before: null },
  days: [1, 2, 3].map((n) => ({ date: `2026-11-0${n}`, orders: n, revenueMinor: n * 100 })),
  ...{ bestProducts: [], lowStock: { count: 0, before: null, products: [] } },
  failedWork: { orders: none, imports: none, images: none },
}

async function storedReport(): Promise<string> {
  const { account } = await openShop()
  const [id, day] = [randomUUID(), new Date('2026-11-03')]
  const own = { id, accountId: account.id, type: 'daily' as const, startDate: day, endDate: day }
  await db().report.create({ data: { ...own, timeZone: 'UTC', currency: 'USD', figures, madeAt: day } })
  return id
}

const open = (id: string, url = chartUrl(id, 1)) => GET(new Request(url), { params: Promise.resolve({ id }) })
const kept = async (id: string) => {
  const keys: string[] = []
  for await (const { key } of storage().list(`reports/${id}`)) keys.push(key)
  return keys
}

describe('a chart', () => {
  it('is drawn when it is first opened, and kept', async () => {
    const id = await storedReport()
    expect(await kept(id)).toEqual([])
    const first = Buffer.from(await (await open(id)).arrayBuffer())
    expect(await sharp(first).metadata()).toMatchObject({ format: 'png', width: 988, height: 240 })
    expect(await kept(id)).toEqual([`reports/${id}/1.png`])
    await db().report.update({ where: { id }, data: { figures: {} } })
    expect(Buffer.from(await (await open(id)).arrayBuffer())).toEqual(first)
  })

  it('is drawn anew for a report that was made again', async () => {
    const id = await storedReport()
    await (await open(id)).arrayBuffer()
    await db().report.update({ where: { id }, data: { version: 2 } })
    await (await open(id)).arrayBuffer()
    expect(await kept(id)).toEqual([`reports/${id}/2.png`])
  })

  it('is shown to nobody without its own signature', async () => {
    const [id, other] = [await storedReport(), await storedReport()]
    const wrong = [`http://x.test/reports/${id}/chart.png`, chartUrl(other, 1), `${chartUrl(id, 1).split('&')[0]}x`]
    for (const url of wrong) expect((await open(id, url)).status).toBe(404)
    expect((await open('../../etc', chartUrl('../../etc', 1))).status).toBe(404)
    expect((await open('gone', chartUrl('gone', 1))).status).toBe(404)
    expect(await kept(id)).toEqual([])
  })

  it('has a bar for each day, the largest as high as the picture', () => {
    const heights = [...chartSvg(figures.days).matchAll(/height="([\d.]+)" rx/g)].map(([, height]) => Number(height))
    expect(heights).toHaveLength(3)
    expect(heights[2]).toBe(236)
    expect((heights[0] ?? 0) * 3).toBeCloseTo(236, 0)
    expect(chartSvg([])).toContain('<svg')
  })
})
