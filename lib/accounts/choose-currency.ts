import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { db, type Tx } from '../db'
import { shopCurrencies } from '../money/shop-currencies'

export const currencyForm = z.object({ currency: z.enum(shopCurrencies, 'Choose a currency from the list.') })

export type CurrencyChosen =
  | { ok: true; currency: string }
  | { ok: false; message: string; fields: { currency: string } }

/**
 * Chooses what the actor's shop is priced in. Each price has its own currency, and an order has only one, so a shop in
 * which anything is priced, or was sold, in another one keeps it.
 */
export function chooseCurrency(
  { userId, account }: Pick<Actor, 'userId' | 'account'>,
  { currency }: z.infer<typeof currencyForm>,
): Promise<CurrencyChosen> {
  return db().$transaction(async (tx) => {
    // A product that is being added refers to the shop's row: who holds it like this has seen the last of them.
    await tx.$queryRaw`SELECT 1 FROM "Account" WHERE "id" = ${account.id} AND "ownerId" = ${userId} FOR UPDATE`
    const other = await otherCurrency(tx, account.id, currency)
    if (other) return refused(other)
    await tx.account.updateMany({ where: { id: account.id, ownerId: userId }, data: { currency } })
    return { ok: true, currency }
  })
}

async function otherCurrency(tx: Tx, accountId: string, currency: string): Promise<string | undefined> {
  const query = { where: { accountId, currency: { not: currency } }, select: { currency: true } }
  const found = (await tx.product.findFirst(query)) ?? (await tx.order.findFirst(query))
  return found?.currency
}

function refused(other: string): CurrencyChosen {
  const problem = `Products of this shop are priced in ${other}, and stay so.`
  return { ok: false, message: problem, fields: { currency: problem } }
}
