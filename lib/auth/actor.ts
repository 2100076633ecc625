import { now } from '../clock'
import { db } from '../db'
import { env } from '../env'
import { auth } from './auth'

/** Who is signed in, and what they may do. Every verb and every reading query of the rooms takes one. */
export type Actor = {
  userId: string
  email: string
  name: string
  emailVerified: boolean
  isOperator: boolean
  /** The shop that they own. */
  account: {
    id: string
    name: string
    slug: string
    timeZone: string
    currency: string
    isActive: boolean
    createdAt: Date
  }
}

/** Somebody asks for what is an operator's; the page or door that let them come so far is at fault. */
export class NotAllowedError extends Error {
  override name = 'NotAllowedError'
}

/** @throws NotAllowedError */
export function assertOperator({ isOperator }: Pick<Actor, 'isOperator'>): void {
  if (!isOperator) throw new NotAllowedError('This is for operators.')
}

const HOUR_MS = 3_600_000
const NOTE_EVERY_MS = 5 * 60_000

/** The actor of a request by its session cookie; null for a visitor. Notes that they were active, at most every 5 minutes. */
export async function findActor(headers: Headers): Promise<Actor | null> {
  const session = await auth().api.getSession({ headers })
  if (!session) return null
  const user = await db().user.findUnique({
    where: { id: session.user.id },
    include: { accounts: { orderBy: { createdAt: 'asc' }, take: 1 } },
  })
  const [account] = user?.accounts ?? []
  if (!user || !account) return null
  if (countsAsActive(user, now())) await db().user.update({ where: { id: user.id }, data: { lastActiveAt: now() } })
  const { id: userId, email, name, emailVerified } = user
  return { userId, email, name, emailVerified, isOperator: isOperator(user, env()), account }
}

/**
 * Whether a request should be noted as activity: from an hour after the sign-up on, since looking round right after it
 * is not yet coming back.
 */
function countsAsActive(user: { createdAt: Date; lastActiveAt: Date | null }, at: Date): boolean {
  if (at.getTime() - user.createdAt.getTime() < HOUR_MS) return false
  return user.lastActiveAt === null || at.getTime() - user.lastActiveAt.getTime() >= NOTE_EVERY_MS
}

/** In live mode only a verified address that the environment names; in local mode whom the database says. */
export function isOperator(
  user: { email: string; emailVerified: boolean; isOperator: boolean },
  { mode, operatorEmails }: { mode: 'local' | 'live'; operatorEmails: readonly string[] },
): boolean {
  return mode === 'live' ? user.emailVerified && operatorEmails.includes(user.email) : user.isOperator
}
