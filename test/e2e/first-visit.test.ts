import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startAll } from '@/local/start-all'
import { chromiumPath, openBrowser } from '../support/browser'

if (!chromiumPath)
  console.warn('SKIPPED: the browser tests; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('in a browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-e2e-'))
  const complaints: string[] = []
  let running: Running
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const source = {
      ...process.env,
      BACKROOM_MODE: 'local',
      BACKROOM_DATA_DIR: dir,
      PORT: '0',
      DATABASE_URL: '',
      NODE_ENV: 'production',
    }
    running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
    browser = await openBrowser()
    page = await browser.newPage()
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await running?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  it('somebody signs up and reads the welcome letter', async () => {
    await page.goto(running.appUrl)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Your name').fill('Ann')
    await page.getByLabel('Email address').fill('ann@example.com')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByLabel('Name of your shop').fill('Corner Shop')
    await page.getByLabel('Time zone of the shop').selectOption('Europe/Berlin')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()

    await page.goto(`${running.appUrl}/console/mailbox`)
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByRole('link', { name: 'Welcome to Backroom, Corner Shop' }).count()
      })
      .toBe(1)
    await page.getByRole('link', { name: 'Welcome to Backroom, Corner Shop' }).click()
    const letter = page.frameLocator('iframe')
    await letter.getByText('Welcome, Ann').waitFor()
    expect(complaints).toEqual([])
  })

  it('they confirm their address by the link of the letter', async () => {
    await page.getByRole('link', { name: 'Please confirm your email address' }).click()
    const href = await page
      .frameLocator('iframe')
      .getByRole('link', { name: 'Confirm this address' })
      .getAttribute('href')
    await page.goto(href?.replace(/^http:\/\/localhost/, 'http://127.0.0.1') ?? '')
    await page.getByText('letters reach you here').waitFor()
    await page.goto(`${running.appUrl}/dashboard`)
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    expect(await page.getByText('Please confirm').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('a form that is wrong says so at the field, and the field is where the keyboard is', async () => {
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(`${running.appUrl}/sign-up`)
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
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(`${running.appUrl}/dashboard`)
    expect(visitor.url()).toContain('/sign-in')
    await visitor.goto(`${running.appUrl}/console/letters`)
    expect(visitor.url()).toContain('/sign-in')
  })
})
