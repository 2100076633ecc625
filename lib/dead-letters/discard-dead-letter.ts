import { givenWords } from '../audit/given-words'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import { isId } from '../is-id'
import { closedWords, UNKNOWN_LETTER } from './closed-words'

export type DiscardAnswer = { ok: true } | { ok: false; message: string; fields?: Record<string, string> }

/** Closes a dead letter without doing its work. Why, is kept with it. */
export async function discardDeadLetter(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  id: string,
  reason: string,
): Promise<DiscardAnswer> {
  assertOperator(actor)
  const given = givenWords(reason, { field: 'reason', ask: 'Say in a few words why its work need not be done.' })
  if (!given.ok) return given
  const { words } = given
  if (!isId(id)) return { ok: false, message: UNKNOWN_LETTER }
  const isDone = await db().$transaction(async (tx) => {
    const { count } = await tx.deadLetter.updateMany({
      where: { id, status: 'open' },
      data: { status: 'discarded', discardReason: words, closedAt: now() },
    })
    if (count === 1)
      await recordAct(tx, actor, { act: 'discard', subject: `dead-letter/${id}`, details: { reason: words } })
    return count === 1
  })
  return isDone ? { ok: true } : { ok: false, message: await closedWords(id) }
}
