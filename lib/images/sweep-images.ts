import { clockOffsetMs } from '../clock'
import { db, type Prisma } from '../db'
import type { ProductImage } from '../db/generated/client'
import { workedOn } from '../runs/is-worked-on'
import { storage } from '../storage'
import { idsIn } from '../storage/ids-in'
import { abandonImage } from './fail-image'
import { folderOf, removeMade, workFolder } from './image-files'

export type SweptImages = {
  /** Pictures that nobody works on any more. */
  abandoned: number
  /** Pictures that were uploaded, and never asked to be made ready. */
  unasked: number
  /** Pictures whose row is gone, with all their files. */
  orphans: number
}

const DAY_MS = 24 * 3_600_000
const ABANDONED_AFTER_MS = DAY_MS
const UNASKED_AFTER_MS = 7 * DAY_MS
const BATCH = 100

/**
 * Removes what no picture needs any more. To be called once a day; a second time it finds nothing.
 * @param at business time.
 */
export async function sweepImages(at: Date): Promise<SweptImages> {
  const before = (ms: number) => new Date(at.getTime() - ms)
  const abandoned = await abandonOld(before(ABANDONED_AFTER_MS))
  const unasked = await removeUnasked(before(UNASKED_AFTER_MS))
  const orphans = await removeOrphans(new Date(at.getTime() - clockOffsetMs() - DAY_MS))
  return { abandoned, unasked, orphans }
}

async function abandonOld(before: Date): Promise<number> {
  let abandoned = 0
  for await (const images of pagesOf({ status: { in: ['queued', 'processing'] }, createdAt: { lt: before } })) {
    const busy = await workedOn(images.map(({ id }) => `image/${id}`))
    const lost = images.filter(({ id }) => !busy.has(`image/${id}`))
    for (const { id } of lost) await abandonImage(id)
    abandoned += lost.length
  }
  return abandoned
}

async function removeUnasked(before: Date): Promise<number> {
  let unasked = 0
  for await (const images of pagesOf({ status: 'uploaded', createdAt: { lt: before } }))
    for (const { id } of images) {
      const { count } = await db().productImage.deleteMany({ where: { id, status: 'uploaded' } })
      if (count > 0) await storage().remove(folderOf(id))
      unasked += count
    }
  return unasked
}

/** Rows, some at once, each once. */
async function* pagesOf(where: Prisma.ProductImageWhereInput): AsyncGenerator<ProductImage[]> {
  for (let after = ''; ; ) {
    const images = await db().productImage.findMany({
      where: { ...where, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
    })
    const last = images.at(-1)
    if (!last) return
    yield images
    after = last.id
  }
}

/** @param before by the machine's time, as files have it: one that has just come may still get its row. */
async function removeOrphans(before: Date): Promise<number> {
  let orphans = 0
  for await (const ids of idsIn('images', { before, most: BATCH })) {
    const rows = await db().productImage.findMany({ where: { id: { in: ids } }, select: { id: true, status: true } })
    const statuses = new Map(rows.map(({ id, status }) => [id, status]))
    for (const id of ids) {
      const status = statuses.get(id)
      // What an operation that was stopped in the middle has still written.
      if (status === 'ready') await storage().remove(workFolder(id))
      if (status === 'failed') await removeMade(id)
      if (status !== undefined) continue
      await storage().remove(folderOf(id))
      orphans++
    }
  }
  return orphans
}
