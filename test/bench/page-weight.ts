import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../../local/build'
import { startAll } from '../../local/start-all'
import { Client } from '../demo/client'
import { tableOf } from './figures'
import { fine, type Report, whole } from './report'
import { type PageWeight, weighPages } from './weigh-pages'

const PATHS = ['/console', '/console/runs', '/console/dead-letters', '/console/functions', '/console/letters']
const MOST_KB = 200
const OPERATOR = { name: 'Olga', email: 'olga@example.com', password: 'correct horse battery', shopName: 'Corner Shop' }

/** The gzipped JavaScript of the first load of each console page, from the built app as `npm start` serves it. */
export async function benchPageWeight(): Promise<Report> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-weight-'))
  ensureBuild(() => {})
  const source = { ...process.env, BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '' }
  const running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
  try {
    const client = new Client(running)
    // While everything listens on loopback, the first person to sign up is operator.
    await client.signUp({ ...OPERATOR, timeZone: 'Europe/Berlin' })
    return reportOf(await weighPages(running.appUrl, client.cookieOf(OPERATOR.email), PATHS))
  } finally {
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

function reportOf(pages: PageWeight[]): Report {
  const rows = pages.map(({ path, landedOn, status, scripts, gzippedKb }) => [
    ...[path, landedOn === path ? '' : landedOn, String(status), String(scripts), fine(gzippedKb)],
  ])
  const misses = pages.flatMap(({ path, landedOn, status, gzippedKb }) => {
    if (landedOn === '/sign-in') return [`${path}: the operator was not let in`]
    if (status !== 200) return [`${path}: HTTP ${status}`]
    return gzippedKb >= MOST_KB ? [`${path}: ${whole(gzippedKb)} kB of JavaScript`] : []
  })
  return { text: tableOf(['page', 'leads to', 'status', 'scripts', 'gzipped kB'], rows), figures: { pages }, misses }
}
