import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { type Limited, takeSecretLetter } from '../auth/limits'
import { secretIdOf } from '../auth/secret-link'
import { db } from '../db'
import { tokenField } from './fields'
import { requestSecretLetter } from './secret-letter'
import { spendSecretLink } from './spend-secret-link'

export const emailVerificationForm = z.object({ token: tokenField })

export type EmailVerified = { ok: true } | { ok: false; fields: { token: string } }

/** Marks an address as its owner's, by the link of a letter. Pressing the link again says the same. */
export async function verifyEmail({ token }: z.infer<typeof emailVerificationForm>): Promise<EmailVerified> {
  return db().$transaction(async (tx) => {
    const userId = await spendSecretLink(tx, token, 'verify-email')
    if (userId) {
      await tx.user.update({ where: { id: userId }, data: { emailVerified: true } })
      return { ok: true }
    }
    const link = await tx.secretLink.findUnique({
      where: { id: secretIdOf(token, 'verify-email') ?? '' },
      include: { user: true },
    })
    if (link?.usedAt && link.user.emailVerified) return { ok: true }
    return {
      ok: false,
      fields: { token: 'This link is not right, or is over. Ask for a new letter on the dashboard.' },
    }
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
