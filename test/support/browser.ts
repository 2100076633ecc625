import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The system's Chromium, if it has one. */
export const chromiumPath = places.find((path) => path && existsSync(path))

/** Opens it. As root it has no sandbox of its own. */
export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('there is no Chromium here')
  return chromium.launch({ executablePath: chromiumPath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
