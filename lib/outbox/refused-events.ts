import { givenWords } from '../audit/given-words'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { db, type Tx } from '../db'
import { redact, redactText } from '../redaction'

/** An event that the server has refused by itself, and why. Its instant is real time. */
export type RefusedEvent = {
  id: string
  name: string
  data: unknown
  reason: string
  createdAt: Date
  attempts: number
}

const MOST_LISTED = 100

/** How many events the server has refused: every page of the console asks. */
export async function countRefusedEvents(actor: Pick<Actor, 'isOperator'>): Promise<number> {
  assertOperator(actor)
  return db().outboxEvent.count({ where: { status: 'parked' } })
}

/** The refused events that have waited longest, at most 100. */
export async function listRefusedEvents(actor: Pick<Actor, 'isOperator'>): Promise<RefusedEvent[]> {
  assertOperator(actor)
  const rows = await db().outboxEvent.findMany({
    where: { status: 'parked' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST_LISTED,
  })
  return rows.map(({ id, name, data, lastError, createdAt, attempts }) => ({
    ...{ id, name, createdAt, attempts, data: redact(data) },
    reason: redactText(lastError ?? 'No reason was given.'),
  }))
}

export type RefusedEventDone = { ok: true } | { ok: false; message: string; fields?: Record<string, string> }

const GONE = { ok: false, message: 'It is no longer among the refused events.' } as const

/**
 * Lets the outbox send an event once more, under the same id: if the server refuses it again, it is back.
 * @param realNow real time, like all of the outbox.
 */
export async function sendEventAgain(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  id: string,
  realNow: Date,
): Promise<RefusedEventDone> {
  assertOperator(actor)
  const isDone = await db().$transaction(async (tx) => {
    const { count } = await tx.outboxEvent.updateMany({
      where: { id, status: 'parked' },
      data: { status: 'pending', nextTryAt: realNow, lastError: null },
    })
    if (count === 1) await recordAct(tx, actor, { act: 'send event again', subject: subjectOf(id) })
    return count === 1
  })
  return isDone ? { ok: true } : GONE
}

/** Removes an event that need not be sent. What it held is kept with the act, and so is why. */
export async function discardEvent(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  id: string,
  reason: string,
): Promise<RefusedEventDone> {
  assertOperator(actor)
  const given = givenWords(reason, { field: 'reason', ask: 'Say in a few words why it need not be sent.' })
  return given.ok ? db().$transaction((tx) => discard(tx, actor, id, given.words)) : given
}

async function discard(
  tx: Tx,
  actor: Pick<Actor, 'userId' | 'email'>,
  id: string,
  reason: string,
): Promise<RefusedEventDone> {
  const event = await tx.outboxEvent.findFirst({ where: { id, status: 'parked' } })
  const { count } = await tx.outboxEvent.deleteMany({ where: { id, status: 'parked' } })
  if (!event || count === 0) return GONE
  const { name, data } = event
  await recordAct(tx, actor, { act: 'discard event', subject: subjectOf(id), details: { name, data, reason } })
  return { ok: true }
}

const subjectOf = (id: string) => `event/${id}`
