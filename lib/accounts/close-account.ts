import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import { publish } from '../outbox/publish'

/** Closes the actor's shop. The fact stands in the database; the event only hurries what looks there anyway. */
export async function closeAccount(actor: Actor): Promise<void> {
  const { userId, account } = actor
  await db().$transaction(async (tx) => {
    const { count } = await tx.account.updateMany({
      where: { id: account.id, ownerId: userId, isActive: true },
      data: { isActive: false, closedAt: now() },
    })
    if (count === 0) return
    await publish(tx, {
      name: 'account/closed',
      id: `account-closed/${account.id}`,
      data: { accountId: account.id, userId },
    })
  })
}
