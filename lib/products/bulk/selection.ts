import { z } from 'zod'
import { Prisma } from '../../db'
import { filterConditions, productFilter } from '../list-products'

const MOST_IDS = 500

/** Which products: some by their ids, or all that a list shows under a filter. */
export const selection = z.union([
  z.object({ ids: z.array(z.uuid()).min(1, 'Choose a product.').max(MOST_IDS, `Choose ${MOST_IDS} at most.`) }),
  z.object({ filter: productFilter.pick({ show: true, search: true }) }),
])

export type Selection = z.infer<typeof selection>

/** That a product of a shop is one of them, as SQL. */
export function isSelected(accountId: string, chosen: Selection): Prisma.Sql {
  const conditions =
    'ids' in chosen
      ? // Those that are archived too: who names a product means it.
        [Prisma.sql`"id" = ANY(${chosen.ids})`]
      : filterConditions(chosen.filter)
  return Prisma.join([Prisma.sql`"accountId" = ${accountId}`, ...conditions], ' AND ')
}
