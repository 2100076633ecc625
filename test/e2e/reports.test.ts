import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { violationsOf } from './axe'
import { orderOf, productOf, reportOf } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: reports, in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('the reports and the settings of a shop', () => {
  let world: BrowserWorld
  let cookie: string
  let page: Page
  let report: string

  beforeAll(async () => {
    world = await openBrowserWorld()
    ;({ cookie } = await world.signUp('Ann'))
    page = await world.open(cookie)
    await orderOf(page, await productOf(page), { shop: 'anns-shop' })
  }, 180_000)

  afterAll(() => world?.stop())

  it('say when the first report comes, and how to have one made now', async () => {
    await page.goto('/reports?type=weekly')
    await page.getByText('No weekly reports yet').waitFor()
    await page.getByText(/The first one comes on Monday .* at 09:00/).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('refuse a period that is not over, at its field', async () => {
    await page.goto('/reports')
    await page.getByRole('button', { name: 'Have one made…' }).click()
    await page.getByLabel('Of which day').fill('2099-12-31')
    await page.getByRole('button', { name: 'Make it' }).click()
    const field = page.getByLabel('Of which day')
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await page
      .getByText(/Thursday,? 31 December 2099 is not over yet. Choose an earlier one./)
      .first()
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('have one made of a past day, and show it as soon as it is there', async () => {
    report = await reportOf(page)
    await page.getByRole('heading', { name: 'Best products' }).waitFor()
    await page.getByText('As a table').first().click()
    expect(await page.getByRole('table', { name: 'Revenue of seven days' }).getByRole('row').count()).toBe(8)
    expect(await violationsOf(page)).toEqual([])
    await page.goto('/reports')
    expect(await page.locator('a[data-row]').first().getAttribute('href')).toBe(report)
  })

  it('make it again', async () => {
    await page.goto(report)
    await page.getByRole('button', { name: 'Make it again…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make it again' }).click()
    await page.getByText('for the 2nd time').waitFor({ timeout: 20_000 })
    expect(new URL(page.url()).pathname).toBe(report)
  })

  it('hand it out as a file, as its letter, and on paper without what is for screens alone', async () => {
    await page.goto(report)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^daily-report-\d{4}-\d\d-\d\d\.csv$/)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.getByRole('navigation', { name: 'Rooms' }).isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
    await page.getByRole('link', { name: 'See the letter' }).click()
    const letter = page.frameLocator('iframe')
    await letter.getByRole('link', { name: 'Open the report' }).waitFor()
    const paperOf = (place: string) =>
      letter.locator(place).evaluate((element) => getComputedStyle(element).backgroundColor)
    const paper = () => paperOf('.paper > table > tbody > tr > td')
    const light = await paper()
    await page.getByRole('link', { name: 'Dark', exact: true }).click()
    await expect.poll(paper).not.toBe(light)
    expect(await paper()).toBe(await paperOf('body'))
  })

  it('refuse what is wrong in the settings, each at its field', async () => {
    await page.goto('/settings')
    await page.getByLabel('Time zone').fill('Mars/Olympus')
    await page.getByLabel('To whom').fill('bea@example.com\ncid at example')
    await page.getByRole('button', { name: 'Save the settings' }).click()
    await page.getByText('Choose a time zone such as Europe/Berlin.').waitFor()
    await page.getByText('“cid at example” is no address.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('To whom').fill(Array.from({ length: 21 }, (_, n) => `bea${n}@example.com`).join('\n'))
    await page.getByLabel('Time zone').fill('America/New York')
    await page.getByRole('button', { name: 'Save the settings' }).click()
    await page.getByText('Send reports to 20 addresses at most.').waitFor()
  })

  it('keep what is chosen, and say where the clocks skip the hour', async () => {
    await page.goto('/settings')
    await page.getByLabel('Time zone').fill('America/New York')
    await page.getByLabel('Hour at which').selectOption('2')
    await page.getByLabel('Each day').uncheck()
    await page.getByLabel('To whom').fill('bea@example.com\n\nCid@example.com')
    await page.getByRole('button', { name: 'Save the settings' }).click()
    await page.getByText(/The settings are saved/).waitFor()
    await page.reload()
    await page.getByText(/The clocks in America\/New_York skip 02:00/).waitFor()
    expect(await page.getByLabel('To whom').inputValue()).toBe('bea@example.com\ncid@example.com')
    expect(await page.getByLabel('Each day').isChecked()).toBe(false)
    await page.goto('/reports')
    await page.getByText('None comes by itself').waitFor()
  })

  it('give the shop another name, under the same address', async () => {
    await page.goto('/settings?letter=daily&scheme=dark')
    await page.getByLabel('Name of the shop').fill('Quiet Corner')
    await page.getByRole('button', { name: 'Save the name' }).click()
    await page.getByText('The shop is called Quiet Corner now.').waitFor()
    await page.getByRole('banner').getByRole('link', { name: 'Quiet Corner' }).waitFor()
    expect((await fetch(`${world.running.appUrl}/s/anns-shop`)).status).toBe(200)
    await page.frameLocator('iframe').getByText('Quiet Corner', { exact: true }).first().waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it.each([
    ['/settings', 'Save the settings', /Choose a time zone|Invalid input|should be/],
    ['/settings', 'Save the name', /should be a text|Invalid input/],
    [() => report, 'Make it again', /should be one of|Invalid input/],
  ])('answer whatever is handed to %s’s “%s” in words', async (path, does, words) => {
    await page.goto(typeof path === 'string' ? path : path())
    const again = page.getByRole('button', { name: 'Make it again…' })
    if ((await again.count()) > 0) await again.click()
    const sent = page.waitForRequest((request) => Boolean(request.headers()['next-action']))
    await page.route(/\/(settings|reports)/, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await page.getByRole('button', { name: does, exact: true }).click()
    const { 'next-action': action = '', accept = '', 'content-type': type = '' } = (await sent).headers()
    const headers = { 'next-action': action, accept, 'content-type': type, cookie }
    const url = (await sent).url()
    for (const body of ['[]', '[null]', '["x"]', '[{}]', '[{"timeZone":7,"shopName":[],"type":{}}]']) {
      const answer = await fetch(url, { method: 'POST', headers, body })
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(words)])
    }
    await page.unroute(/\/(settings|reports)/)
  })

  it('are nobody else’s', async () => {
    const { cookie: other } = await world.signUp('Bob')
    const answers = [report, `${report}/letter`, `/api/reports/${report.split('/').at(-1)}/csv`].map((path) =>
      fetch(world.running.appUrl + path, { headers: { cookie: other } }),
    )
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 404])
    // Those of the requests that were held back.
    expect(world.complaints.filter((each) => !each.includes('net::ERR_FAILED'))).toEqual([])
  })
})
