import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'

if (!chromiumPath)
  console.warn('SKIPPED: the browser tests; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('in a browser', () => {
  let world: BrowserWorld
  let page: Page

  beforeAll(async () => {
    world = await openBrowserWorld()
    page = await world.open()
  }, 180_000)

  afterAll(() => world?.stop())

  it('somebody signs up and reads the welcome letter', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Your name').fill('Ann')
    await page.getByLabel('Email address').fill('ann@example.com')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByLabel('Name of your shop').fill('Corner Shop')
    await page.getByLabel('Time zone of the shop').selectOption('Europe/Berlin')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()

    await page.goto('/console/mailbox')
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByRole('link', { name: 'Welcome to Backroom, Corner Shop' }).count()
      })
      .toBe(1)
    await page.getByRole('link', { name: 'Welcome to Backroom, Corner Shop' }).click()
    const letter = page.frameLocator('iframe')
    await letter.getByText('Welcome, Ann').waitFor()
    expect(world.complaints).toEqual([])
  })

  it('they confirm their address by the link of the letter', async () => {
    await page.getByRole('link', { name: 'Please confirm your email address' }).click()
    const href = await page
      .frameLocator('iframe')
      .getByRole('link', { name: 'Confirm this address' })
      .getAttribute('href')
    await page.goto(href?.replace(/^http:\/\/localhost/, 'http://127.0.0.1') ?? '')
    await page.getByText('letters reach you here').waitFor()
    await page.goto('/dashboard')
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    expect(await page.getByText('Please confirm').count()).toBe(0)
    expect(world.complaints).toEqual([])
  })

  it('a form that is wrong says so at the field, and the field is where the keyboard is', async () => {
    const visitor = await world.open()
    await visitor.goto('/sign-up')
    await visitor.getByLabel('Your name').fill('Bob')
    await visitor.getByLabel('Email address').fill('ann@example.com')
    await visitor.getByLabel('Password').fill('correct horse battery')
    await visitor.getByLabel('Name of your shop').fill('Other Shop')
    await visitor.getByRole('button', { name: 'Sign up' }).click()
    await visitor.getByText('Somebody has signed up with this address').waitFor()
    expect(await visitor.evaluate('document.activeElement.name')).toBe('email')
    expect(await visitor.getByLabel('Your name').inputValue()).toBe('Bob')
  })

  it('a visitor is shown to the sign-in page, and somebody who is no operator sees no console', async () => {
    const visitor = await world.open()
    await visitor.goto('/dashboard')
    expect(visitor.url()).toContain('/sign-in')
    await visitor.goto('/console/letters')
    expect(visitor.url()).toContain('/sign-in')
  })
})
