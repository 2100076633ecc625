import { now } from '../clock'
import { db } from '../db'
import { isWorkedOn } from '../runs/is-worked-on'

/**
 * Ends an import whose run an operator has cancelled; the rows that were written stay so.
 * @param runId the run that was cancelled. Another one that is under way goes on with the import.
 * @returns whether it has ended, by this or before: then nobody needs what it has left behind.
 */
export async function abandonImport(importId: string, runId: string): Promise<boolean> {
  if (await isWorkedOn(`import/${importId}`, runId)) return false
  const at = now()
  const found = await db().productImport.findUnique({ where: { id: importId } })
  await db().productImport.updateMany({
    where: { id: importId, endedAt: null },
    data: { status: 'cancelled', cancelRequestedAt: found?.cancelRequestedAt ?? at, endedAt: at },
  })
  return true
}
