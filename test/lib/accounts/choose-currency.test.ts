import { beforeEach, describe, expect, it } from 'vitest'
import { chooseCurrency, currencyForm } from '@/lib/accounts/choose-currency'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { decimalsOf, isCurrency } from '@/lib/money/currency'
import { leastChargeOf, shopCurrencies } from '@/lib/money/shop-currencies'
import { archiveProduct } from '@/lib/products/archive-product'
import { addOrder, addProduct, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
let shop: Actor

beforeEach(async () => {
  shop = await openShop()
})

const currencyOf = async ({ account: { id } }: Actor) =>
  (await db().account.findUniqueOrThrow({ where: { id } })).currency

const refusal = (problem: string) => ({ ok: false, message: problem, fields: { currency: problem } })

describe('the currency of a shop', () => {
  it('is chosen while nothing is priced, as often as its owner likes', async () => {
    expect(await chooseCurrency(shop, { currency: 'EUR' })).toEqual({ ok: true, currency: 'EUR' })
    expect(await chooseCurrency(shop, { currency: 'JPY' })).toEqual({ ok: true, currency: 'JPY' })
    expect(await currencyOf(shop)).toBe('JPY')
  })

  it('stays once something is priced in it, though that be archived', async () => {
    const id = await addProduct(shop)
    await archiveProduct(shop, id)
    expect(await chooseCurrency(shop, { currency: 'EUR' })).toEqual(
      refusal('Products of this shop are priced in USD, and stay so.'),
    )
    expect(await currencyOf(shop)).toBe('USD')
    expect(await chooseCurrency(shop, { currency: 'USD' })).toEqual({ ok: true, currency: 'USD' })
  })

  it('stays once something was ordered in it', async () => {
    await addOrder(shop)
    expect(await chooseCurrency(shop, { currency: 'EUR' })).toMatchObject({ ok: false })
  })

  it('is not changed under a product that is being added at the same moment', async () => {
    let chosen: Promise<unknown> = Promise.resolve()
    await db().$transaction(async (tx) => {
      const { id: accountId } = shop.account
      const columns = { sku: 'A', title: 'A', priceMinor: 1, currency: 'USD', updatedAt: new Date() }
      await tx.product.create({ data: { id: crypto.randomUUID(), accountId, ...columns } })
      chosen = chooseCurrency(shop, { currency: 'EUR' })
      await expect.poll(waiters).toBe(1)
    })
    expect(await chosen).toMatchObject({ ok: false })
    expect(await currencyOf(shop)).toBe('USD')
  })

  it('is nobody else’s to choose', async () => {
    const other = await openShop()
    await chooseCurrency({ ...other, account: shop.account }, { currency: 'EUR' })
    expect(await currencyOf(shop)).toBe('USD')
  })

  it('is one of those that the provider takes', () => {
    expect(shopCurrencies.filter((code) => !isCurrency(code) || decimalsOf(code) > 2)).toEqual([])
    expect(currencyForm.safeParse({ currency: 'DEM' }).error?.issues[0]?.message).toBe(
      'Choose a currency from the list.',
    )
    expect([leastChargeOf('USD'), leastChargeOf('CZK'), leastChargeOf('KWD')]).toEqual([50, 1_500, 50])
  })
})

/** How many wait for a lock of somebody else's. */
async function waiters(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  return rows[0]?.n ?? 0
}
