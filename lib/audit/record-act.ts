import type { Actor } from '../auth/actor'
import type { Tx } from '../db'
import { redact } from '../redaction'

/** What operators do to the work, each by its word in the audit list. */
export const acts = ['cancel run', 'replay', 'discard', 'move clock'] as const

export type Act = (typeof acts)[number]

/**
 * Writes down an operator's act, in the transaction of the act itself where there is one.
 * @param subject what was acted on, such as `run/01J…`.
 */
export async function recordAct(
  tx: Tx,
  { userId, email }: Pick<Actor, 'userId' | 'email'>,
  { act, subject, details = {} }: { act: Act; subject: string; details?: object },
): Promise<void> {
  const row = { act, subject, details: redact(details) as object, at: new Date() }
  await tx.auditEntry.create({ data: { ...row, actorId: userId, actorEmail: email } })
}
