import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { BrowserWorld } from '../support/browser-world'

/** Every page of the app, and one address of each that shows something. */
export async function pagesOf(operator: Page): Promise<{ open: string[]; signedIn: string[]; console: string[] }> {
  const hrefOf = async (path: string) => {
    await operator.goto(path)
    return (await operator.locator('a[data-row]').first().getAttribute('href')) ?? ''
  }
  const group = await hrefOf('/console/dead-letters')
  return {
    open: ['/', '/sign-up', '/sign-in', '/reset-password', '/verify-email'],
    signedIn: ['/dashboard'],
    console: [
      ...['/console/runs', '/console/runs?search=nothing', await hrefOf('/console/runs?status=sleeping')],
      await hrefOf('/console/runs?status=failed'),
      ...['/console/dead-letters', group, await hrefOf(group)],
      ...['/console/functions', '/console/letters', await hrefOf('/console/letters')],
      ...['/console/mailbox', '/console/clock', '/console/audit', '/console/parts'],
    ],
  }
}

/** An operator, and an owner all of whose first runs have failed: so every page has something to show. */
export async function peopled(world: BrowserWorld): Promise<{ operator: string; owner: string; page: Page }> {
  const operator = (await world.signUp('Olga')).cookie
  const owner = (await world.signUp('Ann', 'refused.test')).cookie
  const page = await world.open(operator)
  await vi.waitFor(
    async () => {
      await page.goto('/console/dead-letters')
      expect(await page.locator('a[data-row]').count()).toBe(3)
    },
    { timeout: 20_000, interval: 100 },
  )
  return { operator, owner, page }
}
