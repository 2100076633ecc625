import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { violationsOf } from './axe'
import { addDiscrepancy } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: schedules in a browser; there is no Chromium on this machine (apt-get install chromium).')

const SOON = { timeout: 20_000, interval: 100 }

describe.skipIf(!chromiumPath)('the console’s overview, schedules and discrepancies', () => {
  let world: BrowserWorld
  let page: Page

  beforeAll(async () => {
    world = await openBrowserWorld()
    const operator = await world.signUp('Olga')
    page = await world.open(operator.cookie, { viewport: { width: 1360, height: 900 } })
    page.setDefaultTimeout(30_000)
    await addDiscrepancy(world)
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints).toEqual([]))

  it('begin with the overview, whose numbers lead to what they count', async () => {
    await page.goto('/console')
    await page.waitForURL('**/console/overview')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await expect.poll(() => page.getByText(/^\d+ runs? ended$/).textContent(), SOON).not.toBe('0 runs ended')
    await page.getByText('As a table').click()
    await page.getByRole('columnheader', { name: 'Completed' }).waitFor()
    await page.getByRole('link', { name: 'A week' }).click()
    await page.waitForURL(/range=week/)
    await page.getByRole('link', { name: /^Sleeping/ }).click()
    await page.waitForURL(/console\/runs\?status=sleeping/)
  })

  it('show when a schedule comes next, here and in UTC, and run it by hand', async () => {
    await page.goto('/console/schedules')
    await page.getByRole('link', { name: 'daily-cleanup' }).click()
    await page.getByRole('columnheader', { name: 'America/New York' }).waitFor()
    expect(await page.getByRole('cell', { name: /, 02:00$/ }).count()).toBe(5)
    await page.getByRole('button', { name: 'Run now…' }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Run it now' }).click()
    await page.getByText('daily-cleanup is on its way.').waitFor()
    await page.getByRole('table', { name: 'Latest runs' }).getByRole('link', { name: 'An operator' }).waitFor(SOON)
    await page.goto('/console/audit')
    await page.getByRole('cell', { name: 'run schedule' }).waitFor()
  })

  it('run the reports of a chosen day, and say what is wrong with one that is not over', async () => {
    await page.goto('/console/schedules/daily-report')
    await page.getByRole('button', { name: 'Run now…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Of which day').fill('2999-01-01')
    await dialog.getByRole('button', { name: 'Run it now' }).click()
    await dialog.getByText('is not over yet. Choose an earlier one.').first().waitFor()
    await dialog.getByLabel('Of which day').fill('2026-01-05')
    await dialog.getByRole('button', { name: 'Run it now' }).click()
    await page.getByText('daily-report for Monday').waitFor()
    await page.getByText('1 of 1 accounts').first().waitFor(SOON)
  })

  it('show both sums of a discrepancy, which a comparison leaves open, and close it with a note', async () => {
    await page.goto('/console/schedules/reconcile-payments')
    await page.getByRole('button', { name: 'Run now…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Run it now' }).click()
    const run = page.getByRole('table', { name: 'Latest runs' }).getByRole('row', { name: /An operator/ })
    await run.getByText('Completed').waitFor(SOON)
    await page.goto('/console/discrepancies')
    await page.getByRole('link', { name: 'Discrepancies 1' }).waitFor()
    const line = page.getByRole('row', { name: /A charge that we know nothing of/ })
    await line.getByRole('cell', { name: '$42.00', exact: true }).waitFor()
    await line.getByRole('cell', { name: '$0.00', exact: true }).waitFor()
    await line.getByRole('button', { name: 'Close…' }).click()
    await page.getByLabel('What was done about it').fill('Given back by hand')
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByText('The provider and we say the same').waitFor()
    await page.getByRole('link', { name: 'All', exact: true }).click()
    await page.getByText(/Closed by olga@example.com: Given back by hand/).waitFor()
  })
})
