import { chromium } from 'playwright-core'
const [,, password, out, ...paths] = process.argv
const base = 'http://localhost:3471'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext({ baseURL: base })
let res: any
if (password !== 'new') {
  res = await context.request.post('/api/sessions', { data: { email: 'demo@backroom.test', password } })
} else {
  res = await context.request.post('/api/accounts', { data: { name: 'Nora', email: `nora${Date.now()}@example.com`, password: 'correct horse battery', shopName: 'Nora’s Prints', timeZone: 'Europe/Lisbon' } })
}
console.log(res.status())
const state = await context.storageState()
for (const scheme of ['light', 'dark'] as const) for (const width of [1280, 390]) {
  const c = await browser.newContext({ baseURL: base, storageState: state, colorScheme: scheme, viewport: { width, height: 900 } })
  const page = await c.newPage()
  page.on('console', m => m.type() === 'error' && console.log('ERR', m.text()))
  for (const [i, path] of paths.entries()) {
    await page.goto(path); await page.waitForTimeout(300)
    await page.screenshot({ path: `/tmp/shots/${out}-${i}-${scheme}-${width}.png`, fullPage: true })
    const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    if (Number(over) > 0) console.log('OVERFLOW', path, width, over)
  }
  await c.close()
}
await browser.close()
