import { z } from 'zod'
import { takeSecretLetter } from '../auth/limits'
import { db } from '../db'
import type { Limited } from '../take-limits'
import { emailField } from './fields'
import { requestSecretLetter } from './secret-letter'

export const passwordResetRequestForm = z.object({ email: emailField })

/**
 * Asks for the letter that lets somebody choose a new password. The answer is the same whether the address is known;
 * so is its time, as near as matters: the letter itself is written later, by a function.
 */
export async function requestPasswordReset(
  { email }: { email: string },
  { address }: { address: string },
): Promise<Limited> {
  const limited = await takeSecretLetter(email, address)
  if (!limited.ok) return limited
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email } })
    if (user) await requestSecretLetter(tx, 'password-reset', user)
  })
  return { ok: true }
}
