import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

/** The bad rows of imports that have ended; how many there were stays with the import. */
export const importRejects: Removal = {
  kind: 'import-rejects',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "ProductImportReject" WHERE ("importId", "rowNumber") IN (
      SELECT reject."importId", reject."rowNumber" FROM "ProductImport" AS import
      JOIN "ProductImportReject" AS reject ON reject."importId" = import."id"
      WHERE import."endedAt" < ${daysBefore(at, env().retention.importsDays)}
      LIMIT ${most} FOR UPDATE OF reject SKIP LOCKED
    )`,
}
