import { clockOffsetMs } from '../clock'
import { db } from '../db'
import { workedOn } from '../runs/is-worked-on'
import { storage } from '../storage'
import { idsIn } from '../storage/ids-in'
import { removeLeftovers } from './remove-leftovers'
import { folderOf } from './source-key'

export type SweptImports = {
  /** Imports that nobody has gone on with. */
  ended: number
  /** Those that had ended, and had left something behind. */
  cleared: number
  /** Files of imports that are not there. */
  files: number
}

const DAY_MS = 24 * 3_600_000
/** So long a failed import's run may still be replayed from its dead letter. */
const GIVEN_UP_AFTER_MS = 7 * DAY_MS
const BATCH = 100
const LEFT_UNFINISHED = 'It was left unfinished. Bring the file once more.'

/**
 * Removes what no import needs any more: ends those that were given up a week ago, and takes the files and claimed SKUs of
 * those that have ended. To be called once a day; a second time it finds nothing.
 * @param at business time.
 */
export async function sweepImports(at: Date): Promise<SweptImports> {
  const ended = await endGivenUp(at)
  const cleared = await clearEnded()
  const files = await removeOrphans(new Date(at.getTime() - clockOffsetMs() - DAY_MS))
  return { ended, cleared, files }
}

async function endGivenUp(at: Date): Promise<number> {
  const createdAt = { lt: new Date(at.getTime() - GIVEN_UP_AFTER_MS) }
  let ended = 0
  for (let after = ''; ; ) {
    const open = await db().productImport.findMany({
      where: { endedAt: null, createdAt, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
    })
    const busy = await workedOn(open.map(({ id }) => `import/${id}`))
    for (const { id, cancelRequestedAt } of open.filter(({ id }) => !busy.has(`import/${id}`))) {
      const how = cancelRequestedAt
        ? { status: 'cancelled' as const }
        : { status: 'failed' as const, problem: LEFT_UNFINISHED }
      const { count } = await db().productImport.updateMany({
        where: { id, endedAt: null },
        data: { ...how, endedAt: at },
      })
      ended += count
    }
    const last = open.at(-1)
    if (!last) return ended
    after = last.id
  }
}

/** Those that have ended, but whose run has not come to clear up. */
async function clearEnded(): Promise<number> {
  for (let cleared = 0; ; ) {
    const left = await db().$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "ProductImport" AS import WHERE "endedAt" IS NOT NULL
        AND EXISTS (SELECT 1 FROM "ProductImportSku" WHERE "importId" = import."id")
      LIMIT ${BATCH}`
    if (left.length === 0) return cleared
    for (const { id } of left) await removeLeftovers(id)
    cleared += left.length
  }
}

/** @param before by the machine's time, as files have it: one that has just come may still get its row. */
async function removeOrphans(before: Date): Promise<number> {
  let removed = 0
  for await (const ids of idsIn('imports', { before, most: BATCH })) {
    const open = await db().productImport.findMany({
      where: { id: { in: ids }, endedAt: null },
      select: { id: true },
    })
    const needed = new Set(open.map(({ id }) => id))
    const unneeded = ids.filter((id) => !needed.has(id))
    for (const id of unneeded) await storage().remove(folderOf(id))
    removed += unneeded.length
  }
  return removed
}
