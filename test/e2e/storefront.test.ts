import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { picture } from '../support/pictures'
import { violationsOf } from './axe'
import { cardTyped } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: the storefront in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('a customer of a shop', () => {
  let world: BrowserWorld
  let owner: Page
  let page: Page
  let mug: string
  let orderUrl: string

  /** The payment provider leads back to where the app says that it is, and a basket is kept for one origin. */
  const visitor = (options: BrowserContextOptions = {}) => {
    const baseURL = world.running.appUrl.replace('127.0.0.1', 'localhost')
    return world.open(undefined, { baseURL, ...options })
  }

  const hrefOf = async (title: string) => {
    await owner.goto('/products')
    return (await owner.getByRole('link', { name: title }).first().getAttribute('href')) ?? ''
  }

  beforeAll(async () => {
    world = await openBrowserWorld()
    owner = await world.open((await world.signUp('Ann')).cookie)
    page = await visitor({ viewport: { width: 390, height: 844 } })
    for (const each of [owner, page]) each.setDefaultTimeout(30_000)
    await owner.goto('/products/imports')
    const csv = 'sku,title,price,stock\nMUG-1,Blue mug,12.50,6\nLAMP-1,Amber lamp,12.50,2\nTUB-1,Zinc tub,12.50,0\n'
    await owner
      .getByLabel('CSV file')
      .setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await owner.getByRole('button', { name: 'Import the file' }).click()
    await owner.getByText('3 new').waitFor()
    mug = await hrefOf('Blue mug')
    await owner.goto(mug)
    const buffer = await picture({ width: 400, height: 300 })
    await owner.getByLabel('Add pictures').setInputFiles({ name: 'mug.jpg', mimeType: 'image/jpeg', buffer })
    await owner.getByText('400 × 300').waitFor()
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints.filter((each) => !/status of (422|404)/.test(each))).toEqual([]))

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
  const basket = () => page.getByRole('banner').getByRole('link', { name: /^Basket/ })
  const inBasket = () => basket().textContent()
  const stages = () => page.getByRole('list', { name: 'Stages of the order' }).getByRole('listitem').allTextContents()
  const add = async (title: string) => {
    await page.getByRole('link', { name: title }).click()
    await heading(title)
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByText('in your basket').waitFor()
  }
  const checkOut = async () => {
    await basket().click()
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await page.getByLabel('Your name').fill('Cora')
    await page.getByLabel('Email address').fill('cora@example.com')
    await page.getByLabel('Address', { exact: true }).fill('1 High Street\nSpringfield')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
    await page.getByLabel('Card number').waitFor()
  }
  const archived = async (product: string, opens: string, does = 'Archive it') => {
    await owner.goto(product)
    await owner.getByRole('button', { name: `${opens}…` }).click()
    await owner.getByRole('button', { name: does }).click()
    await owner.getByText(/is archived|in the shop again/).waitFor()
  }
  const setPrice = async (price: string) => {
    await owner.goto(mug)
    await owner.getByLabel('Price in USD').fill(price)
    await owner.getByRole('button', { name: 'Save changes' }).click()
    await owner.getByText('is saved').first().waitFor()
  }

  it('finds what it sells, searched or not, and what is sold out', async () => {
    await owner.goto('/products')
    const href = await owner.getByRole('link', { name: 'See your shop' }).getAttribute('href')
    await page.goto(href ?? '')
    const shown = () => page.getByRole('list', { name: 'Products' }).getByRole('listitem').allTextContents()
    expect((await shown()).map((text) => text.replace(/^[A-Z](?=[A-Z])/, ''))).toEqual([
      ...['Amber lamp$12.50Only 2 left', 'Blue mug$12.50', 'Zinc tub$12.50Sold out'],
    ])
    const image = page.getByRole('listitem').filter({ hasText: 'Blue mug' }).locator('img')
    await expect
      .poll(() => image.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(0)
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel(/^Search/).fill('MUG')
    await page.keyboard.press('Enter')
    await heading('Found for “MUG”')
    await page.getByRole('banner').getByRole('link', { name: 'Ann’s Shop' }).click()
    await page.getByRole('link', { name: 'Zinc tub' }).click()
    await heading('Zinc tub')
    expect(await page.getByRole('button', { name: 'Add to basket' }).count()).toBe(0)
    await page.goBack()
  })

  it('fills a basket, which is kept when the page is left, and takes no more than there is', async () => {
    await add('Blue mug')
    await page.getByRole('button', { name: 'One more of Blue mug' }).click()
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByText('3 in your basket').waitFor()
    await page.getByRole('link', { name: 'All of Ann’s Shop' }).click()
    await add('Amber lamp')
    await page.getByLabel('How many of Amber lamp').fill('9')
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByText('All that can be ordered, 2, are in your basket').waitFor()
    await page.reload()
    await expect.poll(inBasket).toBe('Basket5 pieces')
    await basket().click()
    await page.getByText('$62.50').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('is told at the basket that a price has changed, and that a product is gone', async () => {
    await setPrice('13')
    await owner.getByLabel('What has happened').selectOption('removed')
    await owner.getByLabel('Pieces removed').fill('4')
    await owner.getByRole('button', { name: 'Record it' }).click()
    await owner.getByText('2 pieces on hand now').waitFor()
    const lamp = await hrefOf('Amber lamp')
    await archived(lamp, 'Archive')
    await page.reload()
    await page.getByText('This is not sold here any more.').waitFor()
    await page.getByText('$13.00 each: it was $12.50 when you chose it').waitFor()
    await page.getByText('Only 2 of Blue mug are left.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await page.getByRole('button', { name: 'Go to checkout' }).isDisabled()).toBe(true)
    await archived(lamp, 'Put back', 'Put it back')
    await page.getByRole('button', { name: 'Remove Amber lamp' }).click()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.getByRole('button', { name: 'One less of Blue mug' }).click()
    await page.getByRole('status').getByText('$26.00').waitFor()
    await page.getByRole('link', { name: 'Go to checkout' }).waitFor()
  })

  it('is told beside the fields what is wrong with them', async () => {
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await page.getByLabel('Your name').fill('Cora')
    await page.getByLabel('Email address').fill('cora')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
    await page.getByText('Enter where it should be sent.').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('email')
    expect(await violationsOf(page)).toEqual([])
  })

  it('is not charged another price than was shown', async () => {
    await setPrice('14')
    await page.getByLabel('Email address').fill('cora@example.com')
    await page.getByLabel('Address', { exact: true }).fill('1 High Street')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
    await page.getByText('A price has changed: this comes to $28.00 now.').waitFor()
    await page.getByRole('region', { name: 'Your order' }).getByText('$28.00').first().waitFor()
  })

  it('orders, gives a card, and sees the order confirmed live', async () => {
    await checkOut()
    await page.getByRole('link', { name: /Back/ }).click()
    await heading('Everything in the shop')
    await expect.poll(inBasket).toBe('Basket2 pieces')
    await checkOut()
    await cardTyped(page, '4242 4242 4242 4242')
    await heading('Your order is confirmed')
    await expect
      .poll(stages)
      .toEqual(
        ['Order received', 'Card saved', 'Pieces set aside', 'Payment taken', 'Confirmed'].map((name) => `${name}done`),
      )
    await page.getByText('$28.00').first().waitFor()
    await expect.poll(inBasket).toBe('Basket0 pieces')
    orderUrl = page.url()
    expect(await violationsOf(page)).toEqual([])
  })

  it('orders again, and cancels it: all of it is given back', async () => {
    await page.getByRole('banner').getByRole('link', { name: 'Ann’s Shop' }).click()
    await add('Amber lamp')
    await checkOut()
    await cardTyped(page, '4242 4242 4242 4242')
    await heading('Your order is confirmed')
    await page.getByRole('button', { name: 'Cancel the order…' }).click()
    await page.getByRole('dialog').getByText('What you paid is given back in full.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click()
    await heading('Your order is cancelled')
    expect((await stages()).slice(-2)).toEqual(['Payment given backdone', 'Cancellednot done'])
    expect(await page.getByRole('button', { name: 'Cancel the order…' }).count()).toBe(0)
  })

  it('whose card is declined is told so, and finds the basket as it was', async () => {
    await page.getByRole('banner').getByRole('link', { name: 'Ann’s Shop' }).click()
    await add('Amber lamp')
    await checkOut()
    await cardTyped(page, '4000 0000 0000 0341')
    await heading('Your card was declined')
    await page.getByText('Nothing was charged.').waitFor()
    await expect.poll(async () => (await stages()).at(-1)).toBe('Card declinednot done')
    expect(await inBasket()).toBe('Basket1 piece')
  })

  it('whose browser keeps nonsense has an empty basket', async () => {
    const href = (await basket().getAttribute('href')) ?? ''
    await page.evaluate((key) => localStorage.setItem(key, '{'), `backroom-basket/${href.split('/')[2]}`)
    await page.goto(href)
    await heading('Your basket is empty')
  })
  it('finds a closed shop closed, and their order all the same', async () => {
    await page.goto(orderUrl)
    await heading('Your order is confirmed')
    await owner.goto('/dashboard')
    await owner.getByRole('button', { name: 'Close the account…' }).click()
    await owner.getByRole('button', { name: 'Close Ann’s Shop' }).click()
    await owner.getByText('This account is closed').waitFor()
    await page.reload()
    await heading('Your order is confirmed')
    expect(await basket().count()).toBe(0)
    const shop = orderUrl.replace(/\/orders\/.*/, '')
    for (const [path, title] of [
      [shop, 'This shop is closed'],
      [`${shop}/basket`, 'This shop is closed'],
      [`${shop}/products/${mug.split('/').at(-1)}`, 'This isn’t sold here'],
      [`${shop}/orders/nothing`, 'There is no such order'],
      [`${shop}-none`, 'There is no shop at this address'],
    ] as const) {
      expect((await page.goto(path))?.status(), path).toBe(404)
      await heading(title)
      expect(await violationsOf(page), path).toEqual([])
    }
  })
})
