import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { BrowserWorld } from '../support/browser-world'
import { CARDS, stripeAt, typeCard } from '../support/payments'

export type Pages = {
  open: string[]
  signedIn: string[]
  owned: string[]
  console: string[]
  /** Of those that are owned: a product with a picture, and two orders that are confirmed. */
  product: string
  orders: [string, string]
}

/** Every page of the app, and one address of each that shows something. Those that are owned are of the operator's shop. */
export async function pagesOf(operator: Page): Promise<Pages> {
  const hrefOf = async (path: string) => {
    await operator.goto(path)
    return (await operator.locator('a[data-row]').first().getAttribute('href')) ?? ''
  }
  const group = await hrefOf('/console/dead-letters')
  const product = await productOf(operator)
  await pictureOf(operator, product)
  const orders = [await orderOf(operator, product), await orderOf(operator, product)] as [string, string]
  const report = await reportOf(operator)
  return {
    ...{ product, orders },
    open: ['/', '/sign-up', '/sign-in', '/reset-password', '/verify-email', ...(await storefrontOf(operator, product))],
    signedIn: [
      '/dashboard',
      '/products',
      '/products?search=nothing',
      '/products/new',
      '/products/imports',
      '/products/bulk?show=all',
      '/products/bulk?show=all&kind=stock-add&value=1',
      ...['/orders', '/orders?status=declined', '/orders?search=nothing'],
      ...['/reports', '/reports?type=monthly', '/reports/requested', '/settings', '/settings?scheme=dark'],
    ],
    owned: [
      ...[product, await bulkUpdateOf(operator), await importOf(operator), ...orders],
      ...[report, `${report}/letter?scheme=dark`],
    ],
    console: [
      ...['/console/runs', '/console/runs?search=nothing', await hrefOf('/console/runs?status=sleeping')],
      await hrefOf('/console/runs?status=failed'),
      ...['/console/dead-letters', group, await hrefOf(group)],
      '/console/incidents',
      ...['/console/functions', '/console/letters', await hrefOf('/console/letters')],
      ...['/console/mailbox', '/console/clock', '/console/audit', '/console/parts'],
      ...['/console/overview', '/console/overview?range=week', '/console/discrepancies'],
      '/console/refused-events',
      ...['/console/schedules', '/console/schedules/daily-report', '/console/schedules/reconcile-payments'],
    ],
  }
}

/** Adds a product to somebody's shop by the form. @returns where it is. */
export async function productOf(
  page: Page,
  { title = 'Blue mug', sku = 'MUG-1', onHand = '10', currency = 'USD' } = {},
): Promise<string> {
  await page.goto('/products/new')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('SKU').fill(sku)
  await page.getByLabel(`Price in ${currency}`).fill('12.50')
  await page.getByLabel('On hand').fill(onHand)
  await page.getByRole('button', { name: 'Add product' }).click()
  await page.waitForURL(/\/products\/[\w-]{36}$/)
  return new URL(page.url()).pathname
}

/** Adds a picture to a product, and waits until it is ready. */
async function pictureOf(page: Page, product: string): Promise<void> {
  await page.goto(product)
  await page.evaluate(async (address) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 })
    const body = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    await fetch(`/api/uploads/images?product=${address.split('/').at(-1)}`, { method: 'PUT', body })
  }, product)
  await page.reload()
  await page.getByRole('img', { name: 'picture 1' }).waitFor()
}

/**
 * Orders a product of somebody's shop, as a customer who gives a card.
 * @returns where the order is, once it is confirmed.
 */
export async function orderOf(
  page: Page,
  product: string,
  { shop = 'olgas-shop', name = 'Cora' } = {},
): Promise<string> {
  const productId = product.split('/').at(-1)
  const form = {
    ...{ shop, idempotencyKey: randomUUID(), name, email: `${name.toLowerCase().replace(/[^a-z]/g, '')}@example.com` },
    ...{ address: '1 High Street, Springfield', items: [{ productId, quantity: 1 }] },
  }
  await page.goto('/orders')
  const url = await page.evaluate(async (data) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch('/api/orders', { method: 'POST', headers, body: JSON.stringify(data) })
    return ((await response.json()) as { checkoutUrl: string }).checkoutUrl
  }, form)
  await typeCard({ url } as Parameters<typeof typeCard>[0], CARDS.good)
  await page.goto('/orders')
  await page.goto((await page.locator('a[data-row]:visible').first().getAttribute('href')) ?? '')
  await page.getByText('It is paid').waitFor()
  return new URL(page.url()).pathname
}

/** Has yesterday's report of somebody's shop made. @returns where it is, as soon as it is there. */
export async function reportOf(page: Page): Promise<string> {
  await page.goto('/reports')
  await page.getByRole('button', { name: 'Have one made…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click()
  await page.waitForURL(/\/reports\/[\w-]{36}$/)
  return new URL(page.url()).pathname
}

/** Changes all products of somebody's shop by the form. @returns where it is. */
async function bulkUpdateOf(page: Page): Promise<string> {
  await page.goto('/products/bulk?show=all&kind=price-percent&value=10')
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('button', { name: 'Change them' }).click()
  await page.getByText('All done').waitFor()
  return new URL(page.url()).pathname
}

/** Brings a file of products into somebody's shop. @returns where it is. */
async function importOf(page: Page): Promise<string> {
  const importId = await page.evaluate(async () => {
    const body = 'sku,title,price\nMUG-9,Red mug,12.50\nMUG-10,,cheap'
    const response = await fetch('/api/uploads/imports?name=mugs.csv', { method: 'PUT', body })
    return ((await response.json()) as { importId: string }).importId
  })
  await page.goto(`/products/imports/${importId}`)
  return `/products/imports/${importId}`
}

/** Orders a product in somebody's shop, without a card. @returns the pages of the shop that everybody may see. */
async function storefrontOf(page: Page, product = ''): Promise<string[]> {
  await page.goto('/products')
  const shop = (await page.getByRole('link', { name: 'See your shop' }).getAttribute('href')) ?? ''
  const productId = product.split('/').at(-1)
  const publicId = await page.evaluate(
    async (items) => {
      const who = { name: 'Cora', email: 'cora@example.com', address: '1 High Street', shop: items.shop }
      const body = JSON.stringify({ ...who, idempotencyKey: crypto.randomUUID(), items: items.wanted })
      const headers = { 'content-type': 'application/json' }
      return (await (await fetch('/api/orders', { method: 'POST', headers, body })).json()).publicId as string
    },
    { shop: shop.split('/').at(-1), wanted: [{ productId, quantity: 1 }] },
  )
  return [
    ...[shop, `${shop}?search=nothing`, `${shop}/products/${productId}`, `${shop}/basket`, `${shop}/checkout`],
    `${shop}/orders/${publicId}`,
  ]
}

/** Types a card on the payment provider's page, which leads on. */
export async function cardTyped(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill('Cora Customer')
  await page.getByRole('button', { name: 'Save card' }).click()
}

/** An operator, and an owner all of whose first runs have failed, and a difference to the payment provider: so every page has something to show. */
export async function peopled(world: BrowserWorld): Promise<{ operator: string; owner: string; page: Page }> {
  const operator = (await world.signUp('Olga')).cookie
  const owner = (await world.signUp('Ann', 'refused.test')).cookie
  const page = await world.open(operator)
  await vi.waitFor(
    async () => {
      await page.goto('/console/dead-letters')
      expect(await page.locator('a[data-row]').count()).toBe(3)
    },
    { timeout: 20_000, interval: 100 },
  )
  await addDiscrepancy(world)
  await addRefusedEvents(world)
  return { operator, owner, page }
}

/** Events that the server has refused, as the outbox leaves them. */
export async function addRefusedEvents({ running }: BrowserWorld): Promise<void> {
  const database = new pg.Client(running.databaseUrl)
  await database.connect()
  await database.query(
    `INSERT INTO "OutboxEvent" ("id", "name", "data", "status", "attempts", "lastError")
     SELECT 'refused-' || n, 'order/unheard-of-' || n, '{"orderId":"gone"}', 'parked', 1, 'Inngest API Error: 413 the event is too large'
     FROM generate_series(1, 2) AS n`,
  )
  await database.end()
}

/**
 * A charge at the payment provider that we know nothing of, as a comparison would have found it. The provider has it, since
 * the hourly comparison looks again, and closes what is gone.
 */
export async function addDiscrepancy({ running }: BrowserWorld): Promise<void> {
  const amount = 4_200
  const { id } = await stripeAt(running.paymentsUrl ?? '').paymentIntents.create({
    ...{ amount, currency: 'usd', payment_method: 'pm_card_visa', confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  })
  const database = new pg.Client(running.databaseUrl)
  await database.connect()
  await database.query(
    `INSERT INTO "PaymentDiscrepancy" ("id", "key", "kind", "providerIntentId", "currency", "theirsMinor", "oursMinor", "foundAt")
     VALUES ($1, $2, 'unknown charge', $3, 'USD', $4, 0, now())`,
    [randomUUID(), `unknownCharge/${id}/${amount}/0`, id, amount],
  )
  await database.end()
}
