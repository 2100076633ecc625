import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { stripeAt } from '../support/payments'
import { violationsOf } from './axe'
import { orderOf, productOf } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: orders in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('the orders of a shop', () => {
  let world: BrowserWorld
  let page: Page
  let cookie: string
  let mug: string
  const orders: Record<string, string> = {}

  beforeAll(async () => {
    world = await openBrowserWorld()
    cookie = (await world.signUp('Ann')).cookie
    page = await world.open(cookie, { viewport: { width: 1280, height: 860 } })
    page.setDefaultTimeout(30_000)
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints).toEqual([]))

  const shown = () => page.locator('a[data-row]:visible').allTextContents()
  const press = (name: string) => page.getByRole('button', { name }).click()
  const mark = (word: string) => page.locator('main').getByText(word, { exact: true }).first().waitFor()
  const tab = (name: string) => page.getByRole('navigation', { name: 'Which orders' }).getByRole('link', { name })

  it('are listed when customers have given their cards, and found by number and name', async () => {
    await page.goto('/orders')
    await page.getByText('No orders yet').waitFor()
    mug = await productOf(page)
    for (const name of ['Cora', 'Zoë', 'Ben']) orders[name] = await orderOf(page, mug, { shop: 'anns-shop', name })
    await page.goto('/orders')
    await expect.poll(shown).toEqual(['#1003', '#1002', '#1001'])
    expect(await page.getByRole('row', { name: '#1002' }).textContent()).toMatch(
      /Zoë.*zo@example\.com.*Confirmed.*\$12\.50/,
    )
    expect(await tab('Confirmed').textContent()).toBe('Confirmed3')
    await page.keyboard.press('/')
    await page.keyboard.type('zoe')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search=zoe/)
    await expect.poll(shown).toEqual(['#1002'])
    await tab('Declined').click()
    await page.getByText('No such orders').waitFor()
  })

  it('are downloaded as the list shows them', async () => {
    await page.goto('/orders?search=zoe')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('orders.csv')
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^Number,.*\r\n1002,.*,Zoë,.*,12\.50,0\.00,USD,.*\r\n$/)
  })

  it('tell how each has come to where it is, and are refunded by a button that names the sum', async () => {
    await page.goto(orders.Cora ?? '')
    const happened = page.getByRole('list', { name: 'What has happened' })
    for (const words of ['Ordered by Cora', 'Paid', 'Reserve inventory', 'Process payment', 'Send confirmation'])
      await happened.getByText(words).waitFor()
    await page.getByRole('list', { name: 'Letters' }).getByText('is confirmed').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await press('Refund…')
    await page.getByRole('heading', { name: 'Refund $12.50 for order #1001 of Cora?' }).waitFor()
    await press('Refund $12.50')
    await page.getByText('The order is being refunded.').waitFor()
    await mark('Refunded')
    await page.getByRole('list', { name: 'Stock movements' }).getByText('Returned').waitFor()
    expect(await page.getByRole('button', { name: 'Cancel…' }).count()).toBe(0)
  })

  it('are cancelled, and say what of their money was given back by hand', async () => {
    await page.goto(orders.Ben ?? '')
    const intentId = await page.getByRole('button', { name: 'Copy payment id' }).getAttribute('title')
    await stripeAt(world.running.paymentsUrl ?? '').refunds.create({ payment_intent: intentId ?? '', amount: 200 })
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByText('$2.00 of it was given back by hand').count()
      })
      .toBe(1)
    await press('Cancel…')
    await page.getByText('$10.50 goes back to the customer’s card').waitFor()
    await press('Cancel the order')
    await mark('Cancelled')
    await page.goto('/orders?status=cancelled')
    await expect.poll(shown).toEqual(['#1003'])
  })

  it('are cards on a phone', async () => {
    const phone = await world.open(cookie, { viewport: { width: 390, height: 844 } })
    await phone.goto('/orders')
    await phone.getByRole('list', { name: 'Orders' }).getByText('Zoë').waitFor()
    expect(await phone.getByRole('table').count()).toBe(0)
    await phone.context().close()
  })
})
