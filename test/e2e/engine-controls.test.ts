import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { violationsOf } from './axe'

if (!chromiumPath)
  console.warn('SKIPPED: the engine’s controls in a browser; there is no Chromium here (apt-get install chromium).')

const SOON = { timeout: 20_000, interval: 100 }

describe.skipIf(!chromiumPath)('an operator', () => {
  let world: BrowserWorld
  let cookie: string
  let page: Page

  beforeAll(async () => {
    world = await openBrowserWorld()
    cookie = (await world.signUp('Olga')).cookie
    page = await world.open(cookie, { viewport: { width: 1360, height: 900 } })
    page.setDefaultTimeout(30_000)
    await vi.waitFor(async () => expect(await countOf(sleeping)).toBe(1), SOON)
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints).toEqual([]))

  const sleeping = '/console/runs?function=onboarding-workflow&status=sleeping'
  const rows = () => page.locator('a[data-row]')
  const countOf = async (path: string) => {
    await page.goto(path)
    return rows().count()
  }
  const openFirst = async (path: string) => {
    await page.goto(path)
    await rows().first().click()
    await page.getByRole('heading', { name: 'onboarding-workflow', level: 1 }).waitFor()
  }
  const step = (name: string) => page.getByRole('list', { name: 'Steps' }).getByRole('link', { name })

  it('skips a sleep from the panel of its step, by keyboard alone', async () => {
    await openFirst(sleeping)
    await step('wait-24h').press('Enter')
    await page.getByRole('heading', { name: 'wait-24h' }).waitFor()
    const button = page.getByRole('button', { name: 'Skip sleep…' })
    await button.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Wake this run of onboarding-workflow?' })
    await dialog.getByText('Its sleep wait-24h ends now instead of in').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => button.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Skip the sleep' }).press('Enter')
    await page.getByText('The sleep wait-24h is over.').waitFor()
    await step('send-tips').waitFor()
    await step('wait-3-days').waitFor()
  })

  it('is told when what the button is for has ended meanwhile', async () => {
    await world.signUp('Bea')
    await vi.waitFor(async () => expect(await countOf(sleeping)).toBe(2), SOON)
    await openFirst(sleeping)
    // Else the page itself would hear of it, and take the button away.
    await page.getByRole('button', { name: 'Live' }).click()
    await page.getByRole('button', { name: 'Paused' }).waitFor()
    await page.getByRole('button', { name: 'Skip sleep…' }).click()
    const other = await world.open(cookie)
    await other.goto(page.url())
    await other.getByRole('button', { name: 'Cancel…' }).click()
    await other.getByRole('button', { name: 'Cancel the run' }).click()
    await other.getByText('The run is cancelled.').waitFor()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Skip the sleep' }).click()
    await dialog.getByText('This run has been cancelled meanwhile.').waitFor()
    await other.context().close()
  })

  it('runs an ended run again, from one of its steps or from its start, and is shown the new one', async () => {
    await openFirst('/console/runs?function=onboarding-workflow&status=cancelled')
    const ended = page.url()
    await step('wait-24h').click()
    await page.getByRole('button', { name: 'Run again from here…' }).click()
    await page.getByRole('dialog', { name: 'Run onboarding-workflow again from wait-24h?' }).waitFor()
    await page.getByRole('button', { name: 'Run it again' }).click()
    await page.getByText('A new run of onboarding-workflow is on its way.').waitFor()
    await page.waitForURL((url) => url.href !== ended && !url.search)
    await step('wait-24h').waitFor()
    await page.getByRole('button', { name: 'Cancel…' }).waitFor()

    await page.goto(ended)
    await page.getByRole('button', { name: 'Run again…' }).click()
    await page.getByRole('dialog', { name: 'Run onboarding-workflow again?' }).waitFor()
    await page.getByRole('button', { name: 'Run it again' }).click()
    await page.waitForURL((url) => url.href !== ended)
    await step('send-welcome').waitFor()
    await page.goto('/console/audit')
    await expect.poll(() => page.getByRole('cell', { name: 'run again', exact: true }).count()).toBe(2)
  })

  it('pauses a function and lets it go again', async () => {
    await page.goto('/console/functions')
    const line = page.getByRole('row', { name: /^onboarding-workflow/ })
    await line.getByRole('button', { name: 'Pause… onboarding-workflow' }).click()
    await page.getByRole('button', { name: 'Pause it' }).click()
    await page.getByText('onboarding-workflow is paused.').waitFor()
    await line.getByText('Paused', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await world.signUp('Cid')
    await vi.waitFor(async () => expect(await countOf('/console/runs?function=send-welcome-email')).toBe(3), SOON)
    expect(await countOf('/console/runs?function=onboarding-workflow')).toBe(4)

    await page.goto('/console/functions')
    await line.getByRole('button', { name: 'Resume… onboarding-workflow' }).click()
    await page.getByRole('button', { name: 'Resume it' }).click()
    await page.getByText('onboarding-workflow goes on.').waitFor()
    await line.getByRole('button', { name: 'Pause… onboarding-workflow' }).waitFor()
    await world.signUp('Dan')
    await vi.waitFor(async () => expect(await countOf('/console/runs?function=onboarding-workflow')).toBe(5), SOON)
  })
})
