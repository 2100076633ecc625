import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { picture } from '../support/pictures'
import { violationsOf } from './axe'
import { productOf } from './pages'
import { workUnderWay } from './work-under-way'

if (!chromiumPath)
  console.warn('SKIPPED: products in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('the products of a shop', () => {
  let world: BrowserWorld
  let page: Page
  let cookie: string
  let mug: string

  beforeAll(async () => {
    world = await openBrowserWorld()
    cookie = (await world.signUp('Ann')).cookie
    page = await world.open(cookie, { viewport: { width: 1280, height: 860 } })
    page.setDefaultTimeout(30_000)
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints).toEqual([]))

  const query = async (sql: string) => {
    const client = new pg.Client(world.running.databaseUrl)
    await client.connect()
    return client.query(sql).finally(() => client.end())
  }
  const shown = () => page.locator('a[data-row]:visible').allTextContents()
  const said = (words: string) => page.getByText(words).first().waitFor()
  const heading = (on: Page, name: string) => on.getByRole('heading', { level: 1, name })

  it('are added by a form that says what is wrong where it is wrong', async () => {
    await page.goto('/products')
    await page.getByText('No products yet').waitFor()
    await page.getByRole('link', { name: 'New product' }).click()
    await page.getByLabel('Title').fill('Blue mug')
    await page.getByLabel('SKU').fill('MUG-1')
    await page.getByLabel('Price in USD').fill('12.345')
    await page.getByLabel('On hand').fill('10')
    await page.getByRole('button', { name: 'Add product' }).click()
    await said('USD has 2 decimals at most')
    expect(await page.evaluate('document.activeElement.name')).toBe('price')
    expect(await page.getByLabel('Title').inputValue()).toBe('Blue mug')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('12,50')
    await page.keyboard.press('Enter')
    await said('Blue mug is in the shop.')
    await page.waitForURL(/\/products\/[\w-]{36}$/)
    await heading(page, 'Blue mug').waitFor()
    expect(await page.getByLabel('Price in USD').inputValue()).toBe('12.50')
    mug = new URL(page.url()).pathname
  })

  it('have a ledger that tells what has moved their stock', async () => {
    await page.getByLabel('Pieces received').fill('5')
    await page.getByLabel('Note').fill('from Rosa')
    await page.getByRole('button', { name: 'Record it' }).click()
    await said('15 pieces on hand now.')
    await page.getByRole('button', { name: 'Record it' }).waitFor()
    await page.getByLabel('What has happened').selectOption('removed')
    await page.getByLabel('Pieces removed').fill('12')
    await page.keyboard.press('Enter')
    await said('3 pieces on hand now.')
    await page.getByRole('button', { name: 'Record it' }).waitFor()
    const movements = page.getByRole('list', { name: 'Stock movements' }).getByRole('listitem')
    await expect.poll(() => movements.count()).toBe(3)
    expect((await movements.allTextContents()).map((text) => text.replace(/now$|\d+ s ago$/, ''))).toEqual([
      ...['−12Adjusted', '+5Receivedfrom Rosa', '+10On hand at first'],
    ])
    await page.getByLabel('Pieces removed').fill('4')
    await page.keyboard.press('Enter')
    await said('No more than 3 can be removed')
    expect(await violationsOf(page)).toEqual([])
  })

  it('are not written over by who has not seen the latest change', async () => {
    const other = await world.open(cookie)
    await other.goto(mug)
    await page.getByLabel('Title').fill('Blue enamel mug')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await heading(page, 'Blue enamel mug').waitFor()
    await other.getByLabel('Description').fill('It holds tea.')
    await other.getByRole('button', { name: 'Save changes' }).click()
    await other.getByText('nothing of yours was saved').waitFor()
    expect(await other.getByLabel('Description').inputValue()).toBe('It holds tea.')
    // Whoever made the change may go on at once.
    await page.getByLabel('Price in USD').fill('13')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect.poll(() => page.getByText('Blue enamel mug is saved.').count()).toBe(2)
    await other.context().close()
  })

  it('are listed, sorted and searched by keyboard', async () => {
    await productOf(page, { title: 'Amber lamp', sku: 'LAMP-1', onHand: '50' })
    await productOf(page, { title: 'Zinc tub', sku: 'TUB-1', onHand: '0' })
    await page.goto('/products')
    await heading(page, 'Products').waitFor()
    expect(await shown()).toEqual(['Blue enamel mug', 'Zinc tub', 'Amber lamp'])
    expect(await page.getByRole('row', { name: 'Blue enamel mug' }).textContent()).toContain('Low$13.003')
    expect(await page.getByRole('row', { name: 'Zinc tub' }).textContent()).toContain('Sold out')
    await page.getByRole('link', { name: 'Available' }).click()
    await page.waitForURL(/sort=stock/)
    await expect.poll(shown).toEqual(['Zinc tub', 'Blue enamel mug', 'Amber lamp'])
    expect(await page.getByRole('columnheader', { name: 'Available' }).getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('/')
    await page.keyboard.type('LAMP')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search=LAMP/)
    await expect.poll(shown).toEqual(['Amber lamp'])
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await heading(page, 'Amber lamp').waitFor()
  })

  it('are changed together, those that are ticked, after a look at what it would do', async () => {
    await page.goto('/products')
    for (const title of ['Zinc tub', 'Amber lamp']) await page.getByLabel(`Choose ${title}`).check()
    await page.getByRole('button', { name: 'Change 2 chosen products' }).click()
    await heading(page, 'Change many products').waitFor()
    await page.getByLabel('Percent').fill('ten')
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('Write a percentage such as 10').waitFor()
    await page.getByLabel('Percent').fill('10')
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('2 products would change').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'Zinc tub' }).textContent()).toContain('$12.50 → $13.75')
    await page.getByRole('button', { name: 'Change 2 products…' }).click()
    await page.getByRole('button', { name: 'Change them' }).click()
    await heading(page, 'Prices 10 % higher').waitFor()
    await page.getByText('All done: 2 changed').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('have pictures, to which is done what their owner chooses, in that order', async () => {
    await page.goto(mug)
    await page.getByText('What is done to them: resize, then compress, then watermark').click()
    await page.getByRole('button', { name: 'Watermark earlier' }).press('Enter')
    await page.keyboard.press('Enter')
    // At the first place it has nothing more to do, and keeps the keyboard.
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Watermark earlier')
    await page.getByRole('checkbox', { name: /^Compress/ }).uncheck()
    await said('What is done to them: watermark, then resize')
    expect(await violationsOf(page)).toEqual([])
    const buffer = await picture({ width: 400, height: 300 })
    await page.getByLabel('Add pictures').setInputFiles({ name: 'mug.jpg', mimeType: 'image/jpeg', buffer })
    await said('400 × 300')
    const { rows } = await query('SELECT "operations"::text FROM "ProductImage"')
    expect(rows).toEqual([{ operations: '{watermark,resize}' }])
    for (const name of ['Watermark', 'Resize'])
      await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).uncheck()
    await page.getByLabel('Add pictures').setInputFiles({ name: 'mug.jpg', mimeType: 'image/jpeg', buffer })
    await said('Choose what is done to the pictures, one thing at least.')
    expect((await query('SELECT 1 FROM "ProductImage"')).rowCount).toBe(1)
  })

  it.each(['import', 'change'] as const)('are left as they are by work that their owner stops: %s', async (kind) => {
    await page.goto((await workUnderWay(world.running.databaseUrl, 'anns-shop'))[kind])
    await page.getByRole('button', { name: 'Stop…' }).click()
    await page.getByRole('dialog').getByText('The part that is under way is the last one.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
    await said('It stops after the part that is under way')
    await expect.poll(() => page.getByRole('button', { name: 'Stop…' }).count()).toBe(0)
    const table = { import: 'ProductImport', change: 'BulkUpdate' }[kind]
    expect((await query(`SELECT 1 FROM "${table}" WHERE "cancelRequestedAt" IS NOT NULL`)).rowCount).toBe(1)
  })

  it('are archived, and put back', async () => {
    await page.goto(mug)
    await page.getByRole('button', { name: 'Archive…' }).click()
    await page.getByRole('button', { name: 'Archive it' }).click()
    await said('Blue enamel mug is archived.')
    await page.goto('/products')
    await heading(page, 'Products').waitFor()
    expect(await shown()).toEqual(['Zinc tub', 'Amber lamp'])
    await page.getByRole('link', { name: 'Archived' }).click()
    await expect.poll(shown).toEqual(['Blue enamel mug'])
    await page.getByRole('link', { name: 'Blue enamel mug' }).click()
    await page.getByRole('button', { name: 'Put back…' }).click()
    await page.getByRole('button', { name: 'Put it back' }).click()
    await said('in the shop again.')
  })

  it('are cards on a phone', async () => {
    const phone = await world.open(cookie, { viewport: { width: 390, height: 844 } })
    await phone.goto('/products')
    await phone.getByRole('list', { name: 'Products' }).getByText('Zinc tub').waitFor()
    expect(await phone.getByRole('table').count()).toBe(0)
    // The page may be seen before it listens.
    const walked = async () => {
      await phone.keyboard.press('j')
      return phone.evaluate('document.activeElement.hasAttribute("data-row")')
    }
    await expect.poll(walked).toBe(true)
    await phone.keyboard.press('Enter')
    await heading(phone, 'Blue enamel mug').waitFor()
    await phone.context().close()
  })
})
