import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../../local/build'
import { type Running, startAll } from '../../local/start-all'
import { familyOf, usageOf } from './processes'
import { fine, type Report, whole } from './report'

type ColdStart = { secondsToFirstPage: number; rssMb: Record<string, number> }

/** How long `npm start` takes the first time, and what it takes to hold. */
export async function benchColdStart(): Promise<Report> {
  const figures = await measureColdStart()
  const memory = Object.entries(figures.rssMb).map(([name, mb]) => `${name} ${whole(mb)} MB`)
  const text = `cold start to first page: ${fine(figures.secondsToFirstPage)} s; then ${memory.join(', ')}`
  return { text, figures, misses: [] }
}

/** `npm start` of a built app on an empty data folder, until its first page is there; and what each process holds then. */
async function measureColdStart(): Promise<ColdStart> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-cold-'))
  ensureBuild(() => {})
  const startedAt = performance.now()
  const source = { ...process.env, BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '' }
  const running = await startAll({ command: 'start', source, say: () => {} })
  try {
    const page = await fetch(running.appUrl)
    if (!page.ok || !(await page.text()).includes('Backroom')) throw new Error(`the first page is HTTP ${page.status}`)
    return { secondsToFirstPage: (performance.now() - startedAt) / 1_000, rssMb: memoryOf(running) }
  } finally {
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

function memoryOf({ children }: Running): Record<string, number> {
  const sizes = Object.entries(children).map(
    ([name, child]) => [name, usageOf(child.pid ? familyOf(child.pid) : []).rssMb] as const,
  )
  return Object.fromEntries(sizes)
}
