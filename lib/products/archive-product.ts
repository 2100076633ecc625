import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import { isId } from '../is-id'
import { type ProductRefused, UNKNOWN_PRODUCT } from './fields'

export type Archived = { ok: true; title: string } | ProductRefused

/** Takes one of the actor's products out of the shop. Its stock, and what orders have reserved of it, stay as they are. */
export const archiveProduct = (actor: Pick<Actor, 'account'>, id: string): Promise<Archived> =>
  setArchived(actor, id, now())

/** Puts one of the actor's products into the shop again. */
export const unarchiveProduct = (actor: Pick<Actor, 'account'>, id: string): Promise<Archived> =>
  setArchived(actor, id, null)

async function setArchived(
  { account }: Pick<Actor, 'account'>,
  id: string,
  archivedAt: Date | null,
): Promise<Archived> {
  if (!isId(id)) return UNKNOWN_PRODUCT
  const where = { id, accountId: account.id }
  await db().product.updateMany({
    where: { ...where, archivedAt: archivedAt ? null : { not: null } },
    data: { archivedAt },
  })
  const product = await db().product.findUnique({ where })
  return product ? { ok: true, title: product.title } : UNKNOWN_PRODUCT
}
