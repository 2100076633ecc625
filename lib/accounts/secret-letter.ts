import { randomUUID } from 'node:crypto'
import { now } from '../clock'
import type { Tx } from '../db'
import { letters } from '../emails/letters'
import { publish } from '../outbox/publish'

const HOUR_MS = 3_600_000

const kinds = {
  'password-reset': { purpose: 'resetPassword', livesMs: HOUR_MS },
  'verify-email': { purpose: 'verifyEmail', livesMs: 7 * 24 * HOUR_MS },
} as const

/**
 * Asks for a letter with a secret link, in the caller's transaction. Only the link's id travels; the link itself is
 * made inside the sending.
 */
export async function requestSecretLetter(
  tx: Tx,
  template: keyof typeof kinds,
  user: { id: string; email: string; name: string },
): Promise<void> {
  const { purpose, livesMs } = kinds[template]
  const secretId = randomUUID()
  const at = now()
  const expiresAt = new Date(at.getTime() + livesMs)
  await tx.secretLink.create({ data: { id: secretId, purpose, userId: user.id, createdAt: at, expiresAt } })
  const data = { name: user.name, secretId }
  const key = `${template}/${secretId}`
  const subject = letters[template].subject(data)
  await publish(tx, { name: 'email/requested', id: key, data: { to: user.email, subject, template, data, key } })
}
