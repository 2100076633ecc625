import type { Actor } from '../../auth/actor'
import { now } from '../../clock'
import { db } from '../../db'
import { publish } from '../../outbox/publish'
import type { ProductRefused } from '../fields'
import { type ChangeForm, readChange } from './change'
import { isSelected, type Selection } from './selection'

export type BulkUpdateRequested = { ok: true; bulkUpdateId: string; total: number } | ProductRefused

/**
 * Asks for a change of many products of the actor's shop; a function does it, part by part.
 * @param formId of the form that was filled in: sent twice, it is one change.
 */
export async function requestBulkUpdate(
  { account }: Pick<Actor, 'account'>,
  { formId: id, selection, form }: { formId: string; selection: Selection; form: ChangeForm },
): Promise<BulkUpdateRequested> {
  const read = readChange(form, account.currency)
  if (!read.ok) return read
  return db().$transaction(async (tx) => {
    const where = isSelected(account.id, selection)
    const [counted] = await tx.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM "Product" WHERE ${where}`
    const total = counted?.total ?? 0
    if (total === 0) return { ok: false, message: 'There are no such products any more.' }
    const row = { id, accountId: account.id, selection, change: read.change, total, createdAt: now() }
    const { count } = await tx.bulkUpdate.createMany({ data: [row], skipDuplicates: true })
    if (count > 0) await publish(tx, eventOf(id))
    else if (!(await tx.bulkUpdate.findUnique({ where: { id, accountId: account.id } })))
      return { ok: false, message: 'The form is not complete. Reload the page.' }
    return { ok: true, bulkUpdateId: id, total }
  })
}

const eventOf = (bulkUpdateId: string) => ({
  name: 'products/bulk-update-requested' as const,
  id: `bulk-update/${bulkUpdateId}`,
  data: { bulkUpdateId },
})
