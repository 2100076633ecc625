import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { closeDb, db } from '../../lib/db'
import { forgetEnv } from '../../lib/env'
import { migrate } from '../../local/migrate'
import { ensureDatabase } from '../../local/postgres/cluster'
import { PROJECT_DIR } from '../../local/project'
import { tableOf } from './figures'
import type { Brought } from './import-app'
import { type Aim, fine, missesOf, type Report, whole } from './report'
import { onWorkbench, type Workbench } from './workbench'

const run = promisify(execFile)

const SIZES = [10_000, 100_000, 1_000_000]
/** Two parts of a file. */
const WARM_UP_ROWS = 5_000
const LEAST_ROWS_PER_SECOND = 8_000
const MOST_MB = 300
/**
 * What is kept between two parts stays at some 45 MB, however many rows there are; left to itself, the garbage collector lets
 * four times as much lie about before it sweeps. So the process gets a heap that a leak would soon fill.
 */
const HEAP_MB = 96
const MOST_GROWTH = 1.25

type Line = { rows: number; megabytes: number; isNew: Brought; again: Brought }

/** Files of products, imported by a process of their own: new ones, and the same once more. */
export function benchImport(): Promise<Report> {
  return onWorkbench(async (bench) => {
    await openDatabase(bench)
    try {
      const lines: Line[] = []
      for (const rows of SIZES) lines.push(await measure(bench, rows))
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

async function measure({ dir }: Workbench, rows: number): Promise<Line> {
  const [file, small] = [await writtenFile(dir, rows), await writtenFile(dir, WARM_UP_ROWS)]
  const { stdout } = await run(
    process.execPath,
    [
      ...[`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', 'test/bench/import-app.ts'],
      ...[file, await accountId(), small, await accountId()],
    ],
    { cwd: PROJECT_DIR },
  )
  const [isNew, again] = JSON.parse(stdout) as [Brought, Brought]
  if (isNew.created !== rows || again.unchanged !== rows) throw new Error(`of ${rows} rows not all were imported`)
  console.error(`${rows} rows: ${whole(rows / isNew.seconds)} a second, ${whole(again.peakMb)} MB`)
  return { rows, megabytes: statSync(file).size / 1_048_576, isNew, again }
}

async function accountId(): Promise<string> {
  const [userId, id] = [randomUUID(), randomUUID()]
  await db().user.create({ data: { id: userId, name: 'Ann', email: `${userId}@example.com` } })
  await db().account.create({ data: { id, ownerId: userId, name: 'Corner Shop', slug: id } })
  return id
}

async function writtenFile(dir: string, rows: number): Promise<string> {
  const file = join(dir, `${rows}.csv`)
  await pipeline(fileOf(rows), createWriteStream(file))
  return file
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
  const aims: Aim[] = lines.map(({ rows, isNew }) => ({
    what: `import of ${rows} new rows`,
    aim: `${LEAST_ROWS_PER_SECOND} rows/s at least`,
    found: `${whole(rows / isNew.seconds)} rows/s`,
    isMet: rows / isNew.seconds >= LEAST_ROWS_PER_SECOND,
  }))
  const table = lines.map(({ rows, megabytes, isNew, again }) => [
    ...[whole(rows), whole(megabytes), whole(isNew.parts), whole(rows / isNew.seconds), whole(rows / again.seconds)],
    ...[whole(isNew.peakMb), whole(again.peakMb)],
  ])
  const head = ['rows', 'MB', 'parts', 'new rows/s', 'same again rows/s', 'peak MB', 'peak MB after both']
  aims.push(...memoryAims(lines))
  return { text: tableOf(head, table), figures: { lines }, aims, misses: missesOf(aims) }
}

function memoryAims(lines: Line[]): Aim[] {
  const peaks = lines.map(({ again: { peakMb } }) => peakMb)
  const [least, most] = [Math.min(...peaks), Math.max(...peaks)]
  return [
    {
      what: 'memory of the process that imports',
      aim: `under ${MOST_MB} MB`,
      found: `${whole(most)} MB`,
      isMet: most < MOST_MB,
    },
    {
      what: `its growth from ${SIZES[0]} to ${SIZES.at(-1)} rows`,
      aim: `${MOST_GROWTH} times at most`,
      found: `${fine(most / least)} times`,
      isMet: most / least <= MOST_GROWTH,
    },
  ]
}
