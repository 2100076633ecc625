import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { closeDb, db } from '../../lib/db'
import { forgetEnv } from '../../lib/env'
import { performImportPart } from '../../lib/imports/perform-import-part'
import { requestImport } from '../../lib/imports/request-import'
import { migrate } from '../../local/migrate'
import { ensureDatabase } from '../../local/postgres/cluster'
import { tableOf } from './figures'
import { type Aim, missesOf, type Report, whole } from './report'
import { onWorkbench, type Workbench } from './workbench'

const SIZES = [10_000, 100_000, 1_000_000]
const LEAST_ROWS_PER_SECOND = 8_000
const MOST_MB = 300

type Line = { rows: number; megabytes: number; createdPerSecond: number; againPerSecond: number; peakMb: number }

/** Files of products, brought and imported as the function does it, part by part: new ones, and the same once more. */
export function benchImport(): Promise<Report> {
  return onWorkbench(async (bench) => {
    await openDatabase(bench)
    try {
      const lines: Line[] = []
      for (const rows of SIZES) lines.push(await measure(rows))
      return reportOf(lines)
    } finally {
      await closeDb()
    }
  })
}

async function openDatabase({ cluster, dir }: Workbench): Promise<void> {
  const url = await ensureDatabase(cluster, 'imports')
  await migrate(url)
  const settings = { BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'external', SESSION_SECRET: 'a'.repeat(64) }
  Object.assign(process.env, { ...settings, DATABASE_URL: url, BACKROOM_DATA_DIR: join(dir, 'data') })
  forgetEnv()
}

async function measure(rows: number): Promise<Line> {
  const [userId, id] = [randomUUID(), randomUUID()]
  await db().user.create({ data: { id: userId, name: 'Ann', email: `${userId}@example.com` } })
  const account = await db().account.create({ data: { id, ownerId: userId, name: 'Corner Shop', slug: id } })
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  const first = await bring(account, rows)
  const again = await bring(account, rows)
  clearInterval(timer)
  if (first.created !== rows || again.unchanged !== rows) throw new Error(`of ${rows} rows not all were imported`)
  const line = {
    ...{ rows, megabytes: first.bytes / 1_048_576, peakMb: peak / 1_048_576 },
    ...{ createdPerSecond: rows / first.seconds, againPerSecond: rows / again.seconds },
  }
  console.error(`${rows} rows: ${whole(line.createdPerSecond)} a second, ${whole(line.peakMb)} MB`)
  return line
}

async function bring(account: Parameters<typeof requestImport>[0]['account'], rows: number) {
  const asked = await requestImport({ account }, { name: 'bench.csv', dryRun: false }, { content: fileOf(rows) })
  if (!asked.ok) throw new Error(asked.fields.file)
  const begun = performance.now()
  while (!(await performImportPart(asked.importId))?.isDone);
  const seconds = (performance.now() - begun) / 1_000
  return { seconds, ...(await db().productImport.findUniqueOrThrow({ where: { id: asked.importId } })) }
}

async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('SKU;Title;Price;Stock;Low stock level;Description\n')
  for (let n = 0; n < rows; n += 1_000) {
    const part = Array.from({ length: Math.min(1_000, rows - n) }, (_, i) => rowOf(n + i))
    yield Buffer.from(part.join(''))
  }
}

const rowOf = (n: number) =>
  `BENCH-${n};Enamel mug number ${n}, blue;${n % 90},95;${n % 40};5;"It holds tea; and coffee, for ${n % 7} people."\n`

function reportOf(lines: Line[]): Report {
  const aims: Aim[] = lines.flatMap(({ rows, createdPerSecond, peakMb }) => [
    {
      what: `import of ${rows} new rows`,
      aim: `${LEAST_ROWS_PER_SECOND} rows/s at least`,
      found: `${whole(createdPerSecond)} rows/s`,
      isMet: createdPerSecond >= LEAST_ROWS_PER_SECOND,
    },
    {
      what: `memory while ${rows} rows are imported`,
      aim: `under ${MOST_MB} MB`,
      found: `${whole(peakMb)} MB`,
      isMet: peakMb < MOST_MB,
    },
  ])
  const table = lines.map((line) => [
    ...[whole(line.rows), whole(line.megabytes), whole(line.createdPerSecond), whole(line.againPerSecond)],
    whole(line.peakMb),
  ])
  const head = ['rows', 'MB', 'new rows/s', 'same again rows/s', 'peak MB']
  return { text: tableOf(head, table), figures: { lines }, aims, misses: missesOf(aims) }
}
