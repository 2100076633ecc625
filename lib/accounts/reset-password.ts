import { z } from 'zod'
import { hashPassword } from '../auth/auth'
import { secretIdOf } from '../auth/secret-link'
import { now } from '../clock'
import { db } from '../db'
import { passwordField, tokenField } from './fields'
import { spendSecretLink } from './spend-secret-link'

export const passwordResetForm = z.object({ token: tokenField, password: passwordField })

export type PasswordReset = { ok: true } | { ok: false; fields: { token: string } }

const wrongLink: PasswordReset = {
  ok: false,
  fields: { token: 'This link has been used, or is over. Ask for a new letter.' },
}

/** Sets a new password by the link of a letter. Whoever had the letter has the address: it is verified by that too. */
export async function resetPassword({ token, password }: z.infer<typeof passwordResetForm>): Promise<PasswordReset> {
  // Before the 85 ms of hashing: only who has had a letter may cost that much.
  if (!secretIdOf(token, 'reset-password')) return wrongLink
  const hash = await hashPassword(password)
  return db().$transaction(async (tx) => {
    const userId = await spendSecretLink(tx, token, 'reset-password')
    if (!userId) return wrongLink
    await tx.credential.updateMany({ where: { userId, providerId: 'credential' }, data: { password: hash } })
    await tx.user.update({ where: { id: userId }, data: { emailVerified: true } })
    // Whoever was signed in with the old password is not any more.
    await tx.session.deleteMany({ where: { userId } })
    // Neither is any other reset letter of this person good for anything now.
    await tx.secretLink.updateMany({
      where: { userId, purpose: 'resetPassword', usedAt: null },
      data: { usedAt: now() },
    })
    return { ok: true }
  })
}
