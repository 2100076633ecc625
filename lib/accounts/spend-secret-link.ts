import { type SecretPurpose, secretIdOf } from '../auth/secret-link'
import { now } from '../clock'
import type { Tx } from '../db'
import { SecretLinkPurpose } from '../db/generated/enums'

const stored = {
  'reset-password': SecretLinkPurpose.resetPassword,
  'verify-email': SecretLinkPurpose.verifyEmail,
} as const

/**
 * Uses up the link of a letter, in the caller's transaction: two who press it at once can't both succeed.
 * @returns whose it is; null when it is not ours, over, or used already.
 */
export async function spendSecretLink(tx: Tx, token: string, purpose: SecretPurpose): Promise<string | null> {
  const id = secretIdOf(token, purpose)
  if (!id) return null
  const at = now()
  const { count } = await tx.secretLink.updateMany({
    where: { id, purpose: stored[purpose], usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  })
  if (count === 0) return null
  const link = await tx.secretLink.findUniqueOrThrow({ where: { id } })
  return link.userId
}
