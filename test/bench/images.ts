import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { closeDb, db } from '../../lib/db'
import { forgetEnv } from '../../lib/env'
import { type ImageOperation, imageOperations } from '../../lib/events'
import { beginProcessing } from '../../lib/images/begin-processing'
import { finishProcessing } from '../../lib/images/finish-processing'
import { performOperation } from '../../lib/images/perform-operation'
import { storeUpload } from '../../lib/images/store-upload'
import { watermarkOf } from '../../lib/images/watermark'
import { migrate } from '../../local/migrate'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { type Aim, fine, missesOf, percent, type Report, type Settings } from './report'
import { onWorkbench, type Workbench } from './workbench'

const LEAST_SHARE = 0.85
const WIDTHS = [320, 960, 1600]
const OPERATIONS: ImageOperation[][] = [['resize'], ['compress'], [...imageOperations]]

type Shop = { id: string; name: string; productId: string }
type Line = { operations: ImageOperation[]; ownMs: number; sharpMs: number; onePassMs: number }

/**
 * Pictures made ready as the function does it, row, files and all, and the same operations by sharp alone, from memory to
 * memory; in turns. What a single pass of sharp would take that owes nobody a result between two operations is told too.
 */
export function benchImages({ rounds }: Settings): Promise<Report> {
  return onWorkbench(async (bench) => {
    await openDatabase(bench)
    try {
      const [shop, photo] = [await openShop(), await photograph()]
      const lines: Line[] = []
      for (const operations of OPERATIONS) lines.push(await measure(shop, photo, { operations, rounds: rounds * 3 }))
      return reportOf(lines)
    } finally {
      await closeDb()
    }
  })
}

async function openDatabase({ cluster, dir }: Workbench): Promise<void> {
  const url = await ensureDatabase(cluster, 'images')
  await migrate(url)
  const settings = { BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'external', SESSION_SECRET: 'a'.repeat(64) }
  Object.assign(process.env, { ...settings, DATABASE_URL: url, BACKROOM_DATA_DIR: join(dir, 'data') })
  forgetEnv()
}

async function openShop(): Promise<Shop> {
  const [ownerId, id, productId] = [randomUUID(), randomUUID(), randomUUID()]
  const name = 'Corner Shop'
  await db().user.create({ data: { id: ownerId, name: 'Ann', email: `${ownerId}@example.com` } })
  await db().account.create({ data: { id, ownerId, name, slug: id } })
  const product = { id: productId, accountId: id, sku: 'MUG', title: 'Mug', priceMinor: 1, currency: 'USD' }
  await db().product.create({ data: { ...product, updatedAt: new Date() } })
  return { id, name, productId }
}

/** Twelve megapixels, neither smooth nor mere noise, as a camera gives them. */
async function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const grain = await sharp({ create: { width: 1_000, height: 750, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  return sharp(grain).resize(4_000, 3_000).jpeg({ quality: 88 }).toBuffer()
}

async function measure(
  shop: Shop,
  photo: Buffer,
  { operations, rounds }: { operations: ImageOperation[]; rounds: number },
): Promise<Line> {
  const [own, alone, onePass]: [number[], number[], number[]] = [[], [], []]
  // The first of each warms up.
  for (let round = 0; round <= rounds; round++) {
    const imageId = await stored(shop, photo, operations)
    own.push(await timeOf(() => work(imageId, operations)))
    alone.push(await timeOf(() => sharpAlone(shop, photo, operations)))
    onePass.push(await timeOf(() => sharpInOnePass(shop, photo, operations)))
  }
  const of = (times: number[]) => median(times.slice(1))
  return { operations, ownMs: of(own), sharpMs: of(alone), onePassMs: of(onePass) }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function stored({ id, productId }: Shop, photo: Buffer, operations: ImageOperation[]): Promise<string> {
  const account = await db().account.findUniqueOrThrow({ where: { id } })
  const content = (async function* () {
    yield photo
  })()
  const done = await storeUpload({ account }, { productId, operations, isHeld: true, content })
  if (!done.ok) throw new Error(done.message)
  return done.imageId
}

async function work(imageId: string, operations: ImageOperation[]): Promise<void> {
  await beginProcessing(imageId)
  for (const index of operations.keys()) await performOperation({ imageId, operations, index })
  if (!(await finishProcessing(imageId, operations))) throw new Error('the picture is gone')
}

async function sharpAlone({ name }: Shop, photo: Buffer, operations: ImageOperation[]): Promise<void> {
  let files = new Map([[0, photo]])
  for (const [index, operation] of operations.entries()) {
    const widths = operation === 'resize' ? WIDTHS : [...files.keys()]
    const made = new Map<number, Buffer>()
    for (const width of widths) {
      const source = files.get(width) ?? photo
      const picture = sharp(source, { failOn: 'truncated' }).autoOrient()
      if (operation === 'resize') picture.resize({ width, withoutEnlargement: true })
      if (operation === 'watermark') picture.composite([await watermarkOf(name, source)])
      made.set(width, await encodedAs(picture, operations, index).toBuffer())
    }
    files = made
  }
}

async function sharpInOnePass({ name }: Shop, photo: Buffer, operations: ImageOperation[]): Promise<void> {
  for (const width of operations.includes('resize') ? WIDTHS : [undefined]) {
    const picture = sharp(photo, { failOn: 'truncated' }).autoOrient()
    if (width !== undefined) picture.resize({ width, withoutEnlargement: true })
    const small = { width: width ?? 4_000, height: ((width ?? 4_000) * 3) / 4 }
    if (operations.includes('watermark')) {
      const blank = sharp({ create: { ...small, channels: 3, background: '#000' } })
      picture.composite([await watermarkOf(name, await blank.png({ compressionLevel: 0 }).toBuffer())])
    }
    await picture.webp({ quality: operations.includes('compress') ? 72 : 90 }).toBuffer()
  }
}

function encodedAs(picture: Sharp, operations: ImageOperation[], index: number): Sharp {
  if (operations.slice(0, index + 1).includes('compress')) return picture.webp({ quality: 72 })
  const isLast = index === operations.length - 1
  return isLast ? picture.webp({ quality: 90 }) : picture.png({ compressionLevel: 0 })
}

function reportOf(lines: Line[]): Report {
  const shareOf = ({ ownMs, sharpMs }: Line) => sharpMs / ownMs
  const aims = lines.map(
    (line): Aim => ({
      what: `picture work: ${line.operations.join(', ')}`,
      aim: `${percent(LEAST_SHARE)} of sharp alone at least`,
      found: percent(shareOf(line)),
      isMet: shareOf(line) >= LEAST_SHARE,
    }),
  )
  const table = lines.map((line) => [
    line.operations.join(', '),
    ...[fine(line.ownMs), fine(line.sharpMs), percent(shareOf(line)), fine(line.onePassMs)],
  ])
  const head = ['operations', 'ms a picture', 'sharp alone', 'share', 'sharp in one pass']
  return { text: tableOf(head, table), figures: { lines }, aims, misses: missesOf(aims) }
}
