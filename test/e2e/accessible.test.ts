import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { violationsOf } from './axe'
import { pagesOf, peopled } from './pages'

if (!chromiumPath)
  console.warn('SKIPPED: axe on every page; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('every page', () => {
  let world: BrowserWorld
  let cookie: string
  let pages: Awaited<ReturnType<typeof pagesOf>>

  beforeAll(async () => {
    world = await openBrowserWorld()
    const people = await peopled(world)
    cookie = people.operator
    pages = await pagesOf(people.page)
  }, 180_000)

  afterAll(() => world?.stop())

  // Both themes and both sizes; what is told apart by one alone does not depend on the other. Each page is loaded once.
  const looks = [
    { name: 'light, wide', colorScheme: 'light', width: 1360, height: 900 },
    { name: 'dark, phone', colorScheme: 'dark', width: 390, height: 844 },
  ] as const

  it('has nothing that axe finds, in the light on a wide screen and in the dark on a phone, and nothing that runs out of it', async () => {
    const visitor = await world.open(undefined, { reducedMotion: 'reduce' })
    const operator = await world.open(cookie, { reducedMotion: 'reduce' })
    const wrong: string[] = []
    for (const path of pages.open) wrong.push(...(await lookAt(visitor, path)))
    for (const path of [...pages.signedIn, ...pages.owned, ...pages.console])
      wrong.push(...(await lookAt(operator, path)))
    expect(wrong).toEqual([])
    expect(world.complaints).toEqual([])
    await Promise.all([visitor.context().close(), operator.context().close()])
  }, 600_000) // Fifty pages, at each of which axe looks twice for a second or two; only what hangs takes so long.

  it('has nothing that axe finds in a dialog', async () => {
    const page = await world.open(cookie)
    await page.goto(pages.console.at(6) ?? '')
    await page.getByRole('button', { name: 'Edit and replay…' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('has nothing that axe finds in what is said in passing', async () => {
    const page = await world.open(cookie)
    await page.goto('/console/parts')
    await page.getByRole('button', { name: 'Say it in passing' }).click()
    await page.getByRole('button', { name: 'Dismiss' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  async function lookAt(page: Page, path: string): Promise<string[]> {
    const wrong: string[] = []
    await page.goto(path)
    for (const { name, colorScheme, width, height } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) wrong.push('runs out of the screen')
      wrong.push(...(await violationsOf(page)).map((each) => `${each} (${name})`))
    }
    return wrong.map((each) => `${path} ${each}`)
  }
})
