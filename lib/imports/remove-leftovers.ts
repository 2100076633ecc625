import { db } from '../db'
import { storage } from '../storage'
import { folderOf } from './source-key'

/** So many rows at once: of a million, one statement would hold its locks for seconds. */
const BATCH = 20_000

/** Removes what an import that has ended leaves behind: its file, and the rows by which its SKUs were claimed. */
export async function removeLeftovers(importId: string): Promise<void> {
  await storage().remove(folderOf(importId))
  while ((await removeSomeClaims(importId)) > 0);
}

function removeSomeClaims(importId: string): Promise<number> {
  return db().$executeRaw`
    DELETE FROM "ProductImportSku" WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM "ProductImportSku" WHERE "importId" = ${importId} LIMIT ${BATCH}))`
}
