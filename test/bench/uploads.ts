import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ensureBuild } from '../../local/build'
import { type Running, startAll } from '../../local/start-all'
import { Client } from '../demo/client'
import { productFile, upload } from '../support/upload'
import { tableOf } from './figures'
import { type Aim, missesOf, type Report, whole } from './report'

const MB = 1024 * 1024
const SIZES_MB = [11, 199]
const MOST_APP_MB = 300
const ANN = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery', shopName: 'Ann’s Shop' }

type Line = { megabytes: number; isWhole: boolean; seconds: number; peakMb: number }

/** Files of products, put to the built app as `npm start` serves it: whether they arrive whole, and what it holds meanwhile. */
export async function benchUploads(): Promise<Report> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-uploads-'))
  ensureBuild(() => {})
  const source = { ...process.env, BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '' }
  const running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
  try {
    const client = new Client(running)
    await client.signUp({ ...ANN, timeZone: 'Europe/Berlin' })
    const lines: Line[] = []
    for (const megabytes of SIZES_MB) lines.push(await measure(running, client.cookieOf(ANN.email), megabytes))
    return reportOf(lines)
  } finally {
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(running: Running, cookie: string, megabytes: number): Promise<Line> {
  const begun = performance.now()
  const path = `/api/uploads/imports?name=${megabytes}.csv&dryRun=true`
  const sent = await upload(running, path, { cookie, content: productFile(megabytes * MB) })
  const seconds = (performance.now() - begun) / 1_000
  if (sent.status !== 201) throw new Error(`HTTP ${sent.status}: ${JSON.stringify(sent.answer)}`)
  const arrived = await arrivedOf(running.databaseUrl, String(sent.answer.importId))
  return { megabytes, seconds, peakMb: sent.peakMb, isWhole: arrived === `${sent.bytes} ${sent.sha256}` }
}

async function arrivedOf(databaseUrl: string, importId: string): Promise<string> {
  const database = new pg.Client(databaseUrl)
  await database.connect()
  try {
    const { rows } = await database.query('SELECT "bytes", "sha256" FROM "ProductImport" WHERE "id" = $1', [importId])
    return `${rows[0]?.bytes} ${rows[0]?.sha256}`
  } finally {
    await database.end()
  }
}

function reportOf(lines: Line[]): Report {
  const aims = lines.flatMap(({ megabytes, isWhole, peakMb }): Aim[] => [
    {
      what: `an upload of ${megabytes} MB`,
      aim: 'arrives whole',
      found: isWhole ? 'whole' : 'not whole',
      isMet: isWhole,
    },
    {
      what: `the app’s memory during ${megabytes} MB`,
      aim: `under ${MOST_APP_MB} MB`,
      found: `${whole(peakMb)} MB`,
      isMet: peakMb < MOST_APP_MB,
    },
  ])
  const table = lines.map(({ megabytes, seconds, peakMb, isWhole }) => [
    ...[whole(megabytes), isWhole ? 'yes' : 'NO', whole(megabytes / seconds), whole(peakMb)],
  ])
  return { text: tableOf(['MB', 'whole', 'MB/s', 'peak MB'], table), figures: { lines }, aims, misses: missesOf(aims) }
}
