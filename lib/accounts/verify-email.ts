import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { takeSecretLetter } from '../auth/limits'
import { secretIdOf } from '../auth/secret-link'
import { db } from '../db'
import { env } from '../env'
import type { Limited } from '../take-limits'
import { tokenField } from './fields'
import { requestSecretLetter } from './secret-letter'
import { spendSecretLink } from './spend-secret-link'

export const emailVerificationForm = z.object({ token: tokenField })

export type EmailVerified = { ok: true } | { ok: false; fields: { token: string } }

const wrongLink: EmailVerified = {
  ok: false,
  fields: { token: 'This link is not right, or is over. Ask for a new letter on the dashboard.' },
}

/**
 * Marks an address as its owner's, by the link of a letter. Pressing the link again says the same.
 *
 * An operator's address takes more: somebody else may have signed up with it, and be signed in, while its owner only
 * presses a link. There the person who presses must be signed in as that user, or choose a new password.
 */
export async function verifyEmail(
  { token }: z.infer<typeof emailVerificationForm>,
  { actor }: { actor: Actor | null },
): Promise<EmailVerified> {
  const id = secretIdOf(token, 'verify-email')
  const link = id ? await db().secretLink.findUnique({ where: { id }, include: { user: true } }) : null
  if (!link) return wrongLink
  if (env().operatorEmails.includes(link.user.email) && actor?.userId !== link.userId)
    return { ok: false, fields: { token: 'Sign in first, or choose a new password by “Forgotten the password?”.' } }
  if (link.usedAt && link.user.emailVerified) return { ok: true }
  return db().$transaction(async (tx) => {
    const userId = await spendSecretLink(tx, token, 'verify-email')
    if (!userId) return wrongLink
    await tx.user.update({ where: { id: userId }, data: { emailVerified: true } })
    return { ok: true }
  })
}

/** Sends the verifying letter once more. */
export async function requestEmailVerification(actor: Actor, { address }: { address: string }): Promise<Limited> {
  if (actor.emailVerified) return { ok: true }
  const limited = await takeSecretLetter(actor.email, address)
  if (!limited.ok) return limited
  const { userId: id, email, name } = actor
  await db().$transaction((tx) => requestSecretLetter(tx, 'verify-email', { id, email, name }))
  return { ok: true }
}
