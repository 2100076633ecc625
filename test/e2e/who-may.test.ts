import { readdirSync } from 'node:fs'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/browser'
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world'
import { buttons, ownerButtons } from '../support/who-may'
import { pagesOf, peopled } from './pages'
import { workUnderWay } from './work-under-way'

if (!chromiumPath)
  console.warn('SKIPPED: who may, in a browser; there is no Chromium on this machine (apt-get install chromium).')

describe.skipIf(!chromiumPath)('who may', () => {
  let world: BrowserWorld
  let operatorCookie: string
  let ownerCookie: string
  let operator: Page
  let pages: Awaited<ReturnType<typeof pagesOf>>
  let underWay: Awaited<ReturnType<typeof workUnderWay>>

  beforeAll(async () => {
    world = await openBrowserWorld()
    ;({ operator: operatorCookie, owner: ownerCookie, page: operator } = await peopled(world))
    pages = await pagesOf(operator)
    underWay = await workUnderWay(world.running.databaseUrl, 'olgas-shop')
  }, 180_000)

  afterAll(() => world?.stop())

  it('see which page: every page of the app is in the table, and is shown to whom it should be', async () => {
    const [nobody, owner] = [await world.open(), await world.open(ownerCookie)]
    // Asked for without being drawn: three people at fifty pages are many for a browser.
    const shown = async (page: Page, path: string) => {
      const answer = await page.request.get(path)
      const leadsOn = new URL(answer.url()).pathname === '/sign-in' || LEADS_TO_SIGN_IN.test(await answer.text())
      return leadsOn && path !== '/sign-in' ? 'sign-in' : answer.status()
    }
    const wrong: string[] = []
    const expectShown = async (path: string, wanted: [Page, unknown][]) => {
      for (const [page, status] of wanted) {
        const got = await shown(page, path)
        if (got !== status) wrong.push(`${path}: ${got} instead of ${status}`)
      }
    }
    for (const path of pages.open) await expectShown(path, [[nobody, 200]])
    for (const path of pages.signedIn)
      await expectShown(path, [
        [nobody, 'sign-in'],
        [owner, 200],
      ])
    for (const path of [...pages.owned, ...pages.console])
      await expectShown(path, [
        [nobody, 'sign-in'],
        [owner, 404],
        [operator, 200],
      ])
    expect(wrong).toEqual([])
    const all = [...pages.open, ...pages.signedIn, ...pages.owned, ...pages.console]
    expect(routes.filter((route) => !all.some((path) => route.test(path.replace(/\?.*/, ''))))).toEqual([])
    await Promise.all([nobody.context().close(), owner.context().close()])
  }, 60_000)

  it.each(buttons)(
    'act: what the button to $act sends does nothing for anybody else, nor from another site',
    async ({ act, at, isBehindLine, opens, fills = {}, does, says }) => {
      await operator.goto(at)
      if (isBehindLine) await operator.locator('a[data-row]').first().click()
      await operator.getByRole('button', { name: opens }).click()
      const sent = operator.waitForRequest((request) => Boolean(request.headers()['next-action']))
      // Held back: only its copies go out, one for each who may not.
      await operator.route('**/console/**', (route) =>
        route.request().method() === 'POST' ? route.abort() : route.continue(),
      )
      const dialog = operator.getByRole('dialog')
      for (const [label, text] of Object.entries(fills)) await dialog.getByLabel(label).fill(text)
      await dialog.getByRole('button', { name: does }).click()
      const request = await sent
      expect(await send(request, ownerCookie)).toContain('This is for operators')
      expect(await send(request, undefined)).toContain('This is for operators')
      expect(await send(request, operatorCookie, { origin: 'https://other.example' })).not.toContain(says)
      expect(await send(request, operatorCookie, { 'sec-fetch-site': 'cross-site' })).toContain('other sites')
      await operator.unroute('**/console/**')
      const done = async () => {
        await operator.goto('/console/audit')
        await operator.getByText(/Nobody has acted yet|On what/).waitFor()
        return operator.getByRole('cell', { name: act, exact: true }).count()
      }
      expect(await done()).toBe(0)
      expect(await send(request, operatorCookie)).toContain(says)
      expect(await done()).toBe(1)
    },
  )

  it.each(ownerButtons)(
    'act: what an owner’s button to $act sends does nothing for anybody else, nor from another site',
    async ({ on, refusal, fills = {}, opens, does, says }) => {
      await operator.goto(addressOf(on))
      for (const [label, text] of Object.entries(fills)) await operator.getByLabel(label).fill(text)
      if (opens) await operator.getByRole('button', { name: opens }).click()
      const sent = operator.waitForRequest((request) => Boolean(request.headers()['next-action']))
      await operator.route(ROOMS, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
      await operator.getByRole('button', { name: does }).click()
      const request = await sent
      expect(await send(request, undefined)).toContain('You are not signed in')
      if (refusal) expect(await send(request, ownerCookie)).toContain(refusal)
      expect(await send(request, operatorCookie, { origin: 'https://other.example' })).not.toContain(says)
      expect(await send(request, operatorCookie, { 'sec-fetch-site': 'cross-site' })).toContain('other sites')
      await operator.unroute(ROOMS)
      expect(await send(request, operatorCookie)).toContain(says)
    },
  )

  it('act: anything may be handed to an action, and is answered in words', async () => {
    await operator.goto('/console/clock')
    const sent = operator.waitForRequest((request) => Boolean(request.headers()['next-action']))
    await operator.route('**/console/clock', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await operator.getByRole('button', { name: 'An hour on' }).click()
    const request = await sent
    for (const body of ['[]', '[null]', '["1h"]', '[{"by":"1y"}]', '[{"by":{}}]'])
      expect(await send(request, operatorCookie, {}, body)).toMatch(/Move by an hour|Invalid input/)
    await operator.unroute('**/console/clock')
  })

  function addressOf(on: (typeof ownerButtons)[number]['on']): string {
    const [order, other] = pages.orders
    const works = { 'import under way': underWay.import, 'change under way': underWay.change }
    return { product: pages.product, order, 'other order': other, ...works }[on as string] ?? on
  }

  /** Sends a copy of a button's request as somebody else. */
  async function send(
    request: Request,
    cookie?: string,
    change: Record<string, string> = {},
    body = request.postData(),
  ) {
    const { 'next-action': action = '', accept = '', 'content-type': type = '' } = request.headers()
    const headers = { 'next-action': action, accept, 'content-type': type, ...(cookie ? { cookie } : {}), ...change }
    return (await fetch(request.url(), { method: 'POST', headers, body: body ?? '' })).text()
  }
})

/** How a page says so that had begun to stream before it knew who asks. */
const LEADS_TO_SIGN_IN = /<meta[^>]+__next-page-redirect[^>]+url=\/sign-in/

const ROOMS = /\/(products|orders|reports|settings)\b/

/** The address of every page.tsx, as a pattern; those that only lead on to another page are left out. */
const LEADING_ON = ['/console', '/admin']
const routes = readdirSync('app', { recursive: true })
  .map((name) => `/${String(name)}`)
  .filter((file) => file.endsWith('/page.tsx') || file === '/page.tsx')
  .map((file) => file.replace(/\/page\.tsx$/, '').replace(/\/\([^)]+\)/g, '') || '/')
  .filter((path) => !LEADING_ON.includes(path))
  .map((path) => new RegExp(`^${path.replace(/\[[^\]]+\]/g, '[^/]+')}$`))
