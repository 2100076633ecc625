import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Customer } from '../demo/customer'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { violationsOf } from './axe'
import { productOf } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: the dashboard, in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('the dashboard', () => {
  let world: BrowserWorld
  let cookie: string
  let page: Page

  beforeAll(async () => {
    world = await openBrowserWorld()
    ;({ cookie } = await world.signUp('Ann'))
    page = await world.open(cookie)
  }, 180_000)

  afterAll(() => world?.stop())

  it('shows the first steps of a new shop, of which the first is its currency', async () => {
    await page.goto('/dashboard')
    await page.getByRole('heading', { name: 'First steps' }).waitFor()
    await page.getByRole('button', { name: 'Choose another…' }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Currency').selectOption('EUR')
    await page.getByRole('button', { name: 'Choose it' }).click()
    await page.getByText('Prices are in EUR now.').waitFor()
    await page.getByText('Prices are in EUR', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'New product' }).click()
    await page.getByLabel('Price in EUR').waitFor()
  })

  it('lets nobody else choose the currency, nor a page of another site', async () => {
    const other = await world.signUp('Bob')
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Choose another…' }).click()
    await page.getByLabel('Currency').selectOption('CHF')
    const sent = page.waitForRequest((request) => Boolean(request.headers()['next-action']))
    await page.route('**/dashboard', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await page.getByRole('button', { name: 'Choose it' }).click()
    const request = await sent
    await page.unroute('**/dashboard')
    expect(await send(request)).toContain('You are not signed in')
    expect(await send(request, { cookie, 'sec-fetch-site': 'cross-site' })).toContain('other sites')
    // Whoever has a shop chooses for their own.
    expect(await send(request, { cookie: other.cookie })).toContain('Prices are in CHF now')
    await page.goto('/dashboard')
    await page.getByText('Prices are in EUR', { exact: true }).waitFor()
  })

  it('offers no other currency once something is priced, and refuses one all the same', async () => {
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Choose another…' }).click()
    const second = await world.open(cookie)
    const productId = (await productOf(second, { currency: 'EUR', onHand: '6' })).split('/').at(-1) ?? ''
    await page.getByLabel('Currency').selectOption('SEK')
    await page.getByRole('button', { name: 'Choose it' }).click()
    await page.getByRole('dialog').getByText('Products of this shop are priced in EUR, and stay so.').waitFor()
    await page.goto('/dashboard')
    await page.getByText('There is enough of everything.').waitFor()
    expect(await page.getByRole('button', { name: 'Choose another…' }).count()).toBe(0)
    await buy(productId)
    await second.context().close()
  })

  it('tells of the day once somebody has ordered, each number where it is dealt with', async () => {
    await expect
      .poll(
        async () => {
          await page.goto('/dashboard')
          return page.getByRole('link', { name: '€25.00', exact: true }).count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    const hrefOf = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href')
    expect([await hrefOf('1'), await hrefOf('€25.00')]).toEqual(['/orders', '/orders?status=confirmed'])
    expect(await page.getByRole('heading', { name: 'First steps' }).count()).toBe(0)
    // Of six pieces two are sold, and five is where it is low.
    expect(await hrefOf('Blue mug')).toMatch(/^\/products\//)
    expect(await hrefOf('All 1')).toBe('/products?show=low')
    await page.getByText('As a table').click()
    expect(await page.getByRole('row').last().textContent()).toMatch(/1€25\.00€0\.00$/)
    expect(await violationsOf(page)).toEqual([])
    expect(world.complaints.filter((each) => !each.includes('net::ERR_FAILED'))).toEqual([])
  })

  /** Somebody orders two of it, by the doors that everybody uses. */
  async function buy(productId: string): Promise<void> {
    const customer = new Customer(world.running.appUrl, 'anns-shop', new Map([['MUG-1', productId]]), 'Cora')
    await customer.buy([{ sku: 'MUG-1', quantity: 2 }])
  }

  /** Sends a copy of a button's request as somebody else. */
  async function send(request: Request, change: Record<string, string> = {}): Promise<string> {
    const { 'next-action': action = '', accept = '', 'content-type': type = '' } = request.headers()
    const headers = { 'next-action': action, accept, 'content-type': type, ...change }
    return (await fetch(request.url(), { method: 'POST', headers, body: request.postData() ?? '' })).text()
  }
})
