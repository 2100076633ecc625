import { db } from '../db'
import { env } from '../env'

/** Whom an onboarding letter goes to, and what it speaks of. */
export type Recipient = {
  email: string
  lastActiveAt: Date | null
  data: { name: string; shopName: string; dashboardUrl: string }
}

/** The owner of an active shop; null once the account is closed, or gone: such a person gets no more letters. */
export async function findRecipient(userId: string): Promise<Recipient | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    include: { accounts: { where: { isActive: true }, orderBy: { createdAt: 'asc' }, take: 1 } },
  })
  const [account] = user?.accounts ?? []
  if (!user || !account) return null
  const dashboardUrl = new URL('/dashboard', env().appUrl).href
  return {
    email: user.email,
    lastActiveAt: user.lastActiveAt,
    data: { name: user.name, shopName: account.name, dashboardUrl },
  }
}
