import type { Actor } from '../auth/actor'
import { db } from '../db'
import type { StockMovement } from '../db/generated/client'
import { isId } from '../is-id'

export type { StockMovement }

const PAGE_SIZE = 20

export type MovementPage = { movements: StockMovement[]; nextCursor: string | null }

/**
 * A page of the stock ledger of one of the actor's products, newest first.
 * @param cursor the last page's `nextCursor`.
 */
export async function listMovements(
  actor: Pick<Actor, 'account'>,
  productId: string,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<MovementPage> {
  const before = cursor && /^\d{1,18}$/.test(cursor) ? { id: { lt: BigInt(cursor) } } : {}
  const found = await db().stockMovement.findMany({
    where: { productId: isId(productId) ? productId : '', accountId: actor.account.id, ...before },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
  })
  const movements = found.slice(0, PAGE_SIZE)
  return { movements, nextCursor: found.length > PAGE_SIZE ? String(movements.at(-1)?.id ?? '') : null }
}
