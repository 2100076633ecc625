import type { Actor } from '../auth/actor'
import type { Tx } from '../db'
import { redact } from '../redaction'

/** What operators do to the work, each by its word in the audit list. */
export const acts = [
  'cancel run',
  'skip sleep',
  'run again',
  'pause',
  'resume',
  'replay',
  'discard',
  'move clock',
  'close discrepancy',
  'run schedule',
  'send event again',
  'discard event',
] as const

export type Act = (typeof acts)[number]

/** An act and what it was done on, such as `run/01J…`. */
export type DoneAct = { act: Act; subject: string; details?: object }

/** Writes down what an operator has done, in the transaction of the act itself where there is one. */
export async function recordActs(
  tx: Tx,
  actor: Pick<Actor, 'userId' | 'email'>,
  done: readonly DoneAct[],
): Promise<void> {
  const at = new Date()
  const by = { actorId: actor.userId, actorEmail: actor.email }
  await tx.auditEntry.createMany({
    data: done.map(({ act, subject, details = {} }) => ({
      ...by,
      at,
      act,
      subject,
      details: redact(details) as object,
    })),
  })
}

/** Writes down one act of an operator. */
export function recordAct(tx: Tx, actor: Pick<Actor, 'userId' | 'email'>, done: DoneAct): Promise<void> {
  return recordActs(tx, actor, [done])
}
