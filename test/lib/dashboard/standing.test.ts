import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { readFirstSteps } from '@/lib/dashboard/read-first-steps'
import { readNeeds } from '@/lib/dashboard/read-needs'
import { readWork } from '@/lib/dashboard/read-work'
import { db } from '@/lib/db'
import type { Prisma } from '@/lib/db/generated/client'
import { addOrder, addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
const now = new Date('2026-11-25T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const DAY = 24 * 60

let shop: Actor
let other: Actor
let productId: string

beforeEach(async () => {
  shop = await openShop()
  other = await openShop()
  productId = await addProduct(shop)
})

const nothingNeeded = {
  ...{ failedOrders: 0, stuckOrders: 0, unsettledOrders: { count: 0, id: null } },
  failedImports: { count: 0, id: null },
  failedImages: { count: 0, productId: null },
}
const nothingUnderWay = {
  ...{ ordersInProcess: 0, ordersBeingEnded: 0, imports: { count: 0, id: null } },
  ...{ bulkUpdates: { count: 0, id: null }, images: { count: 0, productId: null } },
}

/** An order, brought step by step to where it should be. */
async function order(...steps: Prisma.OrderUpdateInput[]): Promise<string> {
  const id = await addOrder(shop)
  for (const data of steps) await db().order.update({ where: { id }, data })
  return id
}
const placed = (minutes: number): Prisma.OrderUpdateInput => ({
  ...{ status: 'placed', placedAt: ago(minutes), providerCustomerId: 'cus_1', providerCardId: 'pm_1' },
})
const confirmed = { status: 'confirmed', confirmedAt: ago(60) } as const
const ended = (status: 'failed' | 'cancelled', minutes: number) => ({ status, endedAt: ago(minutes) })

async function image(status: 'queued' | 'processing' | 'failed' | 'ready'): Promise<void> {
  await db().productImage.create({
    data: {
      ...{ id: randomUUID(), accountId: shop.account.id, productId, status, operations: ['resize'], outputPath: 'x' },
      ...{ format: 'png', width: 1, height: 1, bytes: 1, sha256: '', position: 0, createdAt: now },
      ...(status === 'ready' ? { processedAt: now, widths: [1] } : {}),
      failure: status === 'failed' ? 'It is damaged.' : null,
    },
  })
}

async function productImport(status: 'running' | 'completed' | 'failed', minutes = 1): Promise<string> {
  const [id, at] = [randomUUID(), ago(minutes)]
  await db().productImport.create({
    data: {
      ...{ id, accountId: shop.account.id, fileName: 'a.csv', bytes: 1, sha256: '', isDryRun: false, status },
      ...{ createdAt: at, startedAt: at, endedAt: status === 'running' ? null : at },
      problem: status === 'failed' ? 'It has no columns.' : null,
    },
  })
  return id
}

describe('what is under way in a shop', () => {
  it('is nothing at first, and nothing of what has ended', async () => {
    await order(placed(1), confirmed)
    await order(placed(1), { endingAs: 'failed' }, ended('failed', 1))
    await image('ready')
    await productImport('completed')
    expect(await readWork(shop)).toEqual(nothingUnderWay)
  })

  it('are orders that are charged or given back, files, changes and pictures', async () => {
    await order()
    await order(placed(1))
    await order(placed(1), { endingAs: 'declined' })
    await order(placed(1), confirmed, { endingAs: 'refunded' })
    await image('queued')
    await image('processing')
    const importId = await productImport('running')
    const id = randomUUID()
    await db().bulkUpdate.create({
      data: { id, accountId: shop.account.id, selection: {}, change: {}, total: 1, createdAt: now },
    })
    expect(await readWork(shop)).toEqual({
      ...{ ordersInProcess: 1, ordersBeingEnded: 2, imports: { count: 1, id: importId } },
      ...{ bulkUpdates: { count: 1, id }, images: { count: 2, productId } },
    })
    expect(await readWork(other)).toEqual(nothingUnderWay)
  })
})

describe('what a shop needs its owner for', () => {
  it('is nothing while all goes well', async () => {
    await order(placed(1))
    await order(placed(60), confirmed)
    await order(placed(60), { endingAs: 'cancelled', cancelRequestedAt: ago(30) }, ended('cancelled', 29))
    await image('ready')
    await productImport('completed')
    expect(await readNeeds(shop, now)).toEqual(nothingNeeded)
  })

  it('are orders that have failed or are stuck, files that could not be read, and pictures that are damaged', async () => {
    await order(placed(60), { endingAs: 'failed' }, ended('failed', 6 * DAY))
    await order(placed(60), { endingAs: 'failed' }, ended('failed', 8 * DAY))
    await order(placed(16))
    const unsettled = await order(placed(60), confirmed, { endingAs: 'cancelled', cancelRequestedAt: ago(16) })
    await order(placed(60), confirmed, { endingAs: 'cancelled', cancelRequestedAt: ago(1) })
    await productImport('failed', 8 * DAY)
    await productImport('failed', 20)
    const id = await productImport('failed', 10)
    await image('failed')
    expect(await readNeeds(shop, now)).toEqual({
      ...{ failedOrders: 1, stuckOrders: 1, unsettledOrders: { count: 1, id: unsettled } },
      ...{ failedImports: { count: 2, id }, failedImages: { count: 1, productId } },
    })
    expect(await readNeeds(other, now)).toEqual(nothingNeeded)
  })
})

describe('the first steps of a shop', () => {
  it('are taken one by one', async () => {
    expect(await readFirstSteps(other)).toEqual({ hasProducts: false, hasPictures: false, hasOrders: false })
    expect(await readFirstSteps(shop)).toEqual({ hasProducts: true, hasPictures: false, hasOrders: false })
    await image('queued')
    await order()
    expect(await readFirstSteps(shop)).toEqual({ hasProducts: true, hasPictures: true, hasOrders: false })
    await order(placed(1))
    expect(await readFirstSteps(shop)).toEqual({ hasProducts: true, hasPictures: true, hasOrders: true })
  })
})
