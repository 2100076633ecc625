import type { Page } from 'playwright-core'

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
