import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { findServedImage } from '@/lib/images/find-served'
import { refundOrder } from '@/lib/orders/refund-order'
import { closePayments, endOrder, settlePayment } from '@/lib/orders/settle-order'
import { demoProducts } from '@/prisma/demo-products'
import { writeHistory } from '@/prisma/orders/write'
import { drawProduct } from '@/prisma/pictures'
import { addPictures } from '@/prisma/pictures/write'
import { ownApp } from '../support/app'
import { expectTruth, orderWhole, withPayments } from '../support/orders'
import { ownPayments } from '../support/payments'
import { openShop } from '../support/shop'

const app = ownApp()
const payments = ownPayments()
withPayments(app, payments)
const files = mkdtempSync(join(tmpdir(), 'backroom-pictures-'))

let shop: Actor
const now = new Date('2026-11-25T17:00:00Z')

beforeEach(async () => {
  app.setEnv({ BACKROOM_DATA_DIR: files })
  shop = await openShop()
})
afterAll(() => rmSync(files, { recursive: true, force: true }))

const write = (paymentsUrl: string | undefined = payments.url()) =>
  writeHistory({ ...shop.account, timeZone: 'America/New_York' }, demoProducts, { now, paymentsUrl })

const letterKeys = async () => (await db().letter.findMany({ select: { key: true } })).map(({ key }) => key)

async function settle(orderId: string): Promise<void> {
  const begun = await closePayments(orderId)
  if (begun.isNeeded) for (const id of begun.paymentIds) await settlePayment(id)
  await endOrder(orderId)
}

describe('the history of the demo shop', () => {
  it('is true in every way in which the orders of everybody are', async () => {
    await write()
    await expectTruth(shop, payments, await letterKeys())
    expect(await db().order.count()).toBe(200)
    const products = await db().product.findMany({ select: { sku: true, onHand: true, reserved: true } })
    const wanted = demoProducts.map(({ sku, onHand }) => ({ sku, onHand, reserved: 0 }))
    const bySku = (a: { sku: string }, b: { sku: string }) => a.sku.localeCompare(b.sku)
    expect(products.sort(bySku)).toEqual(wanted.sort(bySku))
  })

  it('leaves nothing to settle: settling any of it changes nothing', async () => {
    await write()
    const orders = await db().order.findMany({ distinct: ['status'], select: { id: true } })
    expect(orders).toHaveLength(6)
    for (const { id } of orders) {
      const before = await orderWhole(id)
      await settle(id)
      expect(await orderWhole(id)).toEqual(before)
    }
  })

  it('has money that can be given back', async () => {
    await write()
    const order = await db().order.findFirstOrThrow({ where: { status: 'confirmed' }, orderBy: { number: 'desc' } })
    expect(await refundOrder(shop, order.id)).toEqual({ ok: true })
    await settle(order.id)
    const after = await orderWhole(order.id)
    expect(after).toMatchObject({
      status: 'refunded',
      refunds: [{ status: 'succeeded', amountMinor: order.totalMinor }],
    })
    const kept = await payments.payments()
    const own = kept.filter(({ payment_intent: { metadata } }) => metadata.orderId === order.id)
    expect(own).toMatchObject([{ charges: [{ amount_refunded: order.totalMinor }] }])
  })

  it('is all there or not at all', async () => {
    await db().letter.create({ data: { id: 'x', key: 'x', to: 'x', subject: 'x', template: 'x', data: {} } })
    await db().orderNumber.create({ data: { accountId: shop.account.id, last: 1 } })
    await expect(write()).rejects.toThrow('Unique constraint')
    expect(await db().product.count()).toBe(0)
    expect(await db().letter.count()).toBe(1)
  })

  it('is products alone where the real provider takes the money', async () => {
    await writeHistory(shop.account, demoProducts, { now, paymentsUrl: undefined })
    expect([await db().product.count(), await db().order.count()]).toEqual([40, 0])
    const [{ stock } = { stock: 0 }] = await db().$queryRaw<{ stock: number }[]>`
      SELECT sum("onHand")::int AS stock FROM "Product"`
    expect(stock).toBe(demoProducts.reduce((sum, { onHand }) => sum + onHand, 0))
  })
})

describe('the pictures of the demo shop', () => {
  it('are drawn for every product, the same each time, and are all different', () => {
    const drawn = demoProducts.map(({ sku }) => drawProduct(sku, 600))
    expect(drawn).toEqual(demoProducts.map(({ sku }) => drawProduct(sku, 600)))
    expect(new Set(drawn).size).toBe(40)
    expect(drawn).not.toContain(null)
  })

  it('are served in each width, as those that were uploaded', async () => {
    await writeHistory(shop.account, demoProducts.slice(0, 2), { now, paymentsUrl: undefined })
    await addPictures(shop.account.id, now)
    const images = await db().productImage.findMany()
    expect(images).toMatchObject(Array(2).fill({ status: 'ready', widths: [320, 960] }))
    const [{ id } = { id: '' }] = images
    for (const width of [320, 960]) expect(await findServedImage(id, width)).toMatchObject({ width })
    await addPictures(shop.account.id, now)
    expect(await db().productImage.count()).toBe(2)
  })
})
