import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'

if (!chromiumPath)
  console.warn('SKIPPED: the console in a browser; there is no Chromium on this machine (apt-get install chromium).')

const SOON = { timeout: 20_000, interval: 100 }

describe.skipIf(!chromiumPath)('the console, before work that fails and recovers', () => {
  let world: BrowserWorld
  let page: Page
  let cookie: string

  beforeAll(async () => {
    world = await openBrowserWorld()
    cookie = (await world.signUp('Olga')).cookie
    page = await world.open(cookie, { viewport: { width: 1360, height: 900 } })
    page.setDefaultTimeout(30_000)
    // Everything that Ann's sign-up starts fails for good: the sandbox takes no letter to her address.
    await world.signUp('Ann', 'refused.test')
    await vi.waitFor(async () => expect(await countOf('/console/runs?status=failed')).toBe(3), SOON)
  }, 180_000)

  afterAll(() => world?.stop())
  afterEach(() => expect(world.complaints).toEqual([]))

  const rows = () => page.locator('a[data-row]')
  const countOf = async (path: string) => {
    await page.goto(path)
    return rows().count()
  }

  /** The newest dead letter of a function. */
  const openLetterOf = async (functionId: string) => {
    await page.goto('/console/dead-letters')
    await page.getByRole('row', { name: functionId }).getByRole('link').click()
    await page.getByText(`in ${functionId}`).waitFor()
    await rows().first().click()
    await page.getByRole('heading', { name: `${functionId} has failed` }).waitFor()
  }

  it('lists runs by status, with counts, and finds them by function, record and id', async () => {
    await page.goto('/console/runs')
    const failed = page.getByRole('link', { name: /^Failed/ })
    expect(await failed.textContent()).toBe('Failed3')
    await failed.click()
    await page.waitForURL('**/console/runs?status=failed')
    await page.getByLabel('Function').selectOption('onboarding-workflow')
    await page.waitForURL(/function=onboarding-workflow/)
    await expect.poll(() => rows().count()).toBe(1)
    await page.getByText('Letters to this address are refused').first().waitFor()
    await rows().first().click()
    await page.getByRole('heading', { name: 'onboarding-workflow' }).waitFor()
    const runId = page.url().split('/').at(-1) ?? ''
    const record = (await page.getByRole('link', { name: /^user\// }).textContent()) ?? ''

    await page.getByRole('link', { name: record }).click()
    await page.waitForURL(/search=user/)
    await expect.poll(() => rows().count()).toBe(2)
    await page.getByLabel('Search runs').fill(runId)
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`search=${runId}`))
    // The run itself, and the one that has recorded its failure.
    await expect.poll(() => rows().allTextContents()).toEqual(['record-dead-letter', 'onboarding-workflow'])
    await page.getByRole('link', { name: 'Clear' }).click()
    await page.waitForURL(/\/console\/runs$/)
  })

  it('answers any text in the search with results or a plain message', async () => {
    for (const text of ['\'; DROP TABLE "Run"; --', '%00', '(a+)+$', '“”🦆', 'x'.repeat(10_000)]) {
      const answer = await page.goto(`/console/runs?search=${encodeURIComponent(text)}`)
      expect(answer?.status()).toBe(200)
      await page.getByText(/No such runs|Search for at most 200 characters/).waitFor()
    }
    for (const query of ['status=none', 'function=<script>', 'cursor=x', 'within=1y', 'status=failed&status=queued'])
      expect((await page.goto(`/console/runs?${query}`))?.status()).toBe(200)
  })

  it('is walked by keyboard', async () => {
    await page.goto('/console/runs?status=failed')
    const focused = () => page.evaluate('document.activeElement.getAttribute("href")')
    const [first, second] = await rows().evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    // Keys are heard once the page's code is there.
    await expect.poll(async () => page.keyboard.press('k').then(focused)).toBe(first)
    await page.keyboard.press('j')
    expect(await focused()).toBe(second)
    await page.keyboard.press('k')
    expect(await focused()).toBe(first)
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.type')).toBe('search')
    await page.keyboard.type('j/k?')
    expect(await page.getByLabel('Search runs').inputValue()).toBe('j/k?')
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/runs\/\w+/)
  })

  it('is live, and can be paused', async () => {
    await page.goto('/console/runs')
    const total = async () => Number((await page.getByRole('link', { name: /^All/ }).textContent())?.replace('All', ''))
    await page.getByText('Live').waitFor()
    const before = await total()
    await world.signUp('Bea')
    await expect.poll(total, { timeout: 15_000 }).toBe(before + 3)
    await page.getByRole('button', { name: /^Live/ }).click()
    await world.signUp('Cem')
    const news = page.getByRole('button', { name: /runs? with news: show/ })
    await news.waitFor()
    expect(await total()).toBe(before + 3)
    await news.click()
    await expect.poll(total).toBe(before + 6)
  })

  it('shows nothing after a pause of what it heard before', async () => {
    // A page of its own, whose clock stands.
    const page = await world.open(cookie)
    await page.clock.install()
    // It is drawn before it hears anything, or can be paused.
    const follows = page.waitForRequest('**/api/admin/news')
    await page.goto('/console/runs')
    await follows
    await page.evaluate(`window.heard = 0
      new EventSource('/api/admin/news').onmessage = () => window.heard++`)
    const count = page.getByRole('link', { name: /^All/ })
    const before = await count.textContent()
    await page.clock.pauseAt(Date.now() + 60_000)
    await world.signUp('Dan')
    await page.waitForFunction('window.heard > 0', null, { polling: 20 })
    await page.getByRole('button', { name: /^Live/ }).click()
    await page.clock.runFor(5_000)
    await page.getByRole('button', { name: /runs? with news: show/ }).waitFor()
    expect(await count.textContent()).toBe(before)
    await page.context().close()
  })

  it('shows a run in one picture, with what went into each step and what came out', async () => {
    await page.goto('/console/runs?function=onboarding-workflow&status=sleeping')
    await rows().first().click()
    const steps = page.getByRole('list', { name: 'Steps' })
    await steps.getByRole('link', { name: /wait-24h/ }).click()
    await page.getByRole('heading', { name: 'wait-24h' }).waitFor()
    await page.getByText('Goes on').first().waitFor()
    await steps.getByRole('link', { name: /send-welcome/ }).click()
    await page.getByRole('heading', { name: 'send-welcome' }).waitFor()
    await page.getByRole('region', { name: 'Output' }).getByText('timestamp').waitFor()
    await page.getByRole('heading', { name: 'Also for the same record' }).waitFor()
  })

  it('cancels a run, once, and writes it down', async () => {
    await page.goto('/console/runs?function=onboarding-workflow&status=sleeping')
    await rows().first().click()
    await page.getByRole('button', { name: 'Cancel…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel this run of onboarding-workflow?' })
    await dialog.getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText('The run is cancelled.').waitFor()
    await page.getByText('Cancelled', { exact: true }).first().waitFor()
    expect(await page.getByRole('button', { name: 'Cancel…' }).count()).toBe(0)
    const runId = page.url().split('/').at(-1) ?? ''
    await page.goto('/console/audit')
    await page.getByRole('row', { name: new RegExp(`olga@example.com cancel run run/${runId}`) }).waitFor()
  })

  it('replays a dead letter, and links the old run and the new one', async () => {
    await openLetterOf('onboarding-workflow')
    await page.getByRole('heading', { name: 'onboarding-workflow has failed' }).waitFor()
    await page.getByText('Letters to this address are refused').first().waitFor()
    await page.getByRole('button', { name: 'Replay…', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replay the run' }).click()
    await page.getByText('1 replay asked for.').waitFor()
    // The new run sleeps for a day, so its replay is under way; the way there and back is open already.
    const newRun = page.getByRole('list', { name: 'Replays' }).getByRole('link')
    await newRun.waitFor()
    await newRun.click()
    await page.getByText('Replay of').waitFor()
    await page.getByRole('link', { name: /^01/ }).click()
    await page.getByRole('link', { name: 'Open it' }).waitFor()
  })

  it('says which field of edited data does not fit, and replays what does', async () => {
    await openLetterOf('send-email')
    await page.getByRole('button', { name: 'Edit and replay…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Replay send-email with other data' })
    const data = dialog.getByLabel('Data, as JSON')
    const right = await data.inputValue()
    const send = dialog.getByRole('button', { name: 'Replay with this data' })
    await data.fill('{ "to": ')
    await send.click()
    await dialog
      .getByText(/This should be JSON/)
      .first()
      .waitFor()
    await data.fill(right.replace(/"to": "[^"]*"/, '"to": "nobody"'))
    await send.click()
    await dialog.getByText(/data\.to:/).waitFor()
    await data.fill(right.replace(/"to": "[^"]*"/, '"to": "new@example.com"'))
    await send.click()
    await page.getByText('1 replay asked for.').waitFor()
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByText('Replayed', { exact: true }).count()
      })
      .toBeGreaterThan(0)
    await page.goto('/console/letters?to=new@example.com')
    await rows().first().waitFor()
  })

  it('discards a letter only with a reason, and keeps it', async () => {
    await openLetterOf('send-welcome-email')
    await page.getByRole('button', { name: 'Discard…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Discard this letter?' })
    const reason = dialog.getByLabel('Why its work need not be done')
    await reason.fill('   ')
    await dialog.getByRole('button', { name: 'Discard the letter' }).click()
    await dialog.getByText('Say in a few words').first().waitFor()
    await reason.fill('Ann has left')
    await dialog.getByRole('button', { name: 'Discard the letter' }).click()
    await page.getByText('The letter is discarded.').waitFor()
    await page.getByText('Ann has left').waitFor()
    expect(await page.getByRole('button', { name: 'Discard…' }).count()).toBe(0)
  })

  it('replays a whole group, of which each fails again and leaves a new letter', async () => {
    await Promise.all([world.signUp('Dan', 'refused.test'), world.signUp('Eve', 'refused.test')])
    await page.goto('/console/dead-letters')
    const group = page.getByRole('row', { name: 'send-welcome-email' })
    await expect.poll(async () => (await page.reload()) && group.getByRole('cell', { name: '2' }).count(), SOON).toBe(1)
    await group.getByRole('link').click()
    await page.getByRole('button', { name: 'Replay 2 runs…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replay 2 runs' }).click()
    await page.getByText('2 replays asked for.').waitFor()
    await page.getByRole('link', { name: 'Replayed 2' }).waitFor()
    await page.getByRole('link', { name: 'Open 2' }).click()
    await rows().first().click()
    await page.getByRole('link', { name: 'a replay of an earlier letter' }).click()
    await page.getByText('failed again').waitFor()
  })

  it('goes to older runs, page by page, and back to the newest', async () => {
    for (let n = 0; n < 14; n++) await world.signUp(`Many${n}`)
    await expect.poll(() => countOf('/console/runs'), SOON).toBe(50)
    const first = await rows().first().getAttribute('href')
    await page.getByRole('link', { name: 'Older' }).click()
    await page.getByRole('link', { name: 'Newest' }).waitFor()
    expect(await rows().evaluateAll((links) => links.map((link) => link.getAttribute('href')))).not.toContain(first)
    await page.getByRole('link', { name: 'Newest' }).click()
    await page.waitForURL(/\/console\/runs$/)
  })

  it('shows each function, each letter as it reads, and the mailbox', async () => {
    await page.goto('/console/functions')
    const sendEmail = page.getByRole('row', { name: /send-email/ })
    await sendEmail.getByText('5 at a time').waitFor()
    await page.goto('/console/letters')
    await page.getByRole('link', { name: 'Welcome to Backroom, Bea’s Shop' }).click()
    await page.frameLocator('iframe').getByText('Welcome, Bea').waitFor()
    await page.goto('/console/mailbox')
    await page
      .getByRole('link', { name: /Please confirm your email address/ })
      .first()
      .click()
    await page.frameLocator('iframe').getByRole('link', { name: 'Confirm this address' }).waitFor()
  })

  it('moves time to the next timer, and says what will fire before it does', async () => {
    await page.goto('/console/clock')
    await page.getByRole('table', { name: 'Timers' }).getByText('wait-24h').first().waitFor()
    await page.getByRole('button', { name: 'A day on' }).click()
    await page.getByText(/Time has moved/).waitFor({ timeout: 30_000 })
    await page.getByText(/ahead of the machine/).waitFor()
    await page.goto('/console/mailbox')
    await page
      .getByRole('link', { name: /Three things for the first day/ })
      .first()
      .waitFor()
  })

  it('wears light or dark as its reader chooses, from the first moment of each page', async () => {
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.goto('/console/runs')
    const light = await ground()
    await page.getByRole('radio', { name: 'Dark' }).first().check({ force: true })
    const dark = await ground()
    expect(dark).not.toBe(light)
    await page.goto('/console/functions', { waitUntil: 'commit' })
    await page.locator('h1').waitFor()
    expect(await ground()).toBe(dark)
    await page.getByRole('radio', { name: 'As the system' }).first().check({ force: true })
    expect(await ground()).toBe(light)
  })
})
