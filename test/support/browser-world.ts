import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { freePort } from '@/local/ports'
import { type Running, startAll } from '@/local/start-all'
import { openBrowser } from './browser'
import { createDatabase } from './database'

export const PASSWORD = 'correct horse battery'

/** The whole product as `npm start` brings it up, on a database and a folder of its own, and a browser in front of it. */
export type BrowserWorld = {
  running: Running
  browser: Browser
  /** Signs somebody up by the door of the form; the first one is the operator. */
  signUp: (name: string, domain?: string) => Promise<{ email: string; cookie: string }>
  /** A browser of its own, signed in as whom the cookie belongs to; nobody without one. */
  open: (cookie?: string, options?: BrowserContextOptions) => Promise<Page>
  /** What browsers complained of on their consoles. */
  complaints: string[]
  stop: () => Promise<void>
}

export async function openBrowserWorld(): Promise<BrowserWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-e2e-'))
  // A server of its own for each world would have to be made first: two seconds of a processor, ten times.
  const database = await createDatabase()
  const source = {
    ...process.env,
    ...{ BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', NODE_ENV: 'production' as const },
    ...{ DATABASE_URL: database.url, SIGN_UP_LIMIT: '1000', CHECKOUT_LIMIT: '1000' },
    // Several worlds start at the same time, and would all find the usual port free.
    ENGINE_PORT: String(await freePort()),
  }
  const running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
  const browser = await openBrowser()
  const complaints: string[] = []
  return {
    ...{ running, browser, complaints },
    signUp: (name, domain = 'example.com') => signUp(running.appUrl, name, domain),
    open: async (cookie, options = {}) => {
      const context = await browser.newContext({ baseURL: running.appUrl, ...options })
      if (cookie) await addCookies(context, running.appUrl, cookie)
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error')
          complaints.push(`${page.url()} ${message.text()} (from ${message.location().url})`)
      })
      page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`))
      return page
    },
    stop: async () => {
      await browser.close()
      await running.stop()
      await database.drop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function signUp(appUrl: string, name: string, domain: string): Promise<{ email: string; cookie: string }> {
  const email = `${name.toLowerCase()}@${domain}`
  const body = JSON.stringify({
    name,
    email,
    password: PASSWORD,
    shopName: `${name}’s Shop`,
    timeZone: 'Europe/Berlin',
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${appUrl}/api/accounts`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  return { email, cookie }
}

async function addCookies(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const cookies = cookie.split('; ').map((each) => {
    const [name = '', value = ''] = [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]
    return { name, value, url }
  })
  await context.addCookies(cookies)
}
