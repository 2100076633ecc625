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

  const sizes = { wide: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } }

  // Both themes and both sizes; what is told apart by one alone does not depend on the other.
  it.each([
    ['light', 'wide'],
    ['dark', 'phone'],
  ] as const)(
    'has nothing that axe finds, in the %s on a %s screen, and nothing that runs out of it',
    async (colorScheme, size) => {
      const options = { colorScheme, viewport: sizes[size], reducedMotion: 'reduce' } as const
      const visitor = await world.open(undefined, options)
      const operator = await world.open(cookie, options)
      const wrong: string[] = []
      for (const path of pages.open) wrong.push(...(await lookAt(visitor, path)))
      for (const path of [...pages.signedIn, ...pages.owned, ...pages.console])
        wrong.push(...(await lookAt(operator, path)))
      expect(wrong).toEqual([])
      expect(world.complaints).toEqual([])
      await Promise.all([visitor.context().close(), operator.context().close()])
    },
    // Fifty pages, of which axe looks at each for a second or two; only what hangs takes so long.
    300_000,
  )

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
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const overflows = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    const found = await violationsOf(page)
    return [...(overflows ? [`${path} runs out of the screen`] : []), ...found.map((each) => `${path} ${each}`)]
  }
})
