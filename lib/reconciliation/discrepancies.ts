import { randomUUID } from 'node:crypto'
import { givenWords } from '../audit/given-words'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import type { PaymentDiscrepancy, PaymentDiscrepancyKind } from '../db/generated/client'
import { isId } from '../is-id'

export type DiscrepancyFact = {
  kind: PaymentDiscrepancyKind
  intentId: string
  theirsMinor: number
  oursMinor: number
  currency: string
  paymentId: string | null
  orderId: string | null
}

/**
 * Writes a difference down for an operator, once: the same fact, found again, changes nothing, be it open or closed.
 * @returns whether it is new.
 */
export async function noteDiscrepancy(fact: DiscrepancyFact, foundAt: Date): Promise<boolean> {
  const { kind, intentId: providerIntentId, theirsMinor, oursMinor, currency, paymentId, orderId } = fact
  const key = `${kind}/${providerIntentId}/${theirsMinor}/${oursMinor}`
  const row = { kind, providerIntentId, theirsMinor, oursMinor, currency, paymentId, orderId, foundAt }
  const { count } = await db().paymentDiscrepancy.createMany({
    data: [{ id: randomUUID(), key, ...row }],
    skipDuplicates: true,
  })
  return count === 1
}

/** Differences that are gone: both say the same of these intents by now. */
export async function closeGone(intentId: string, at: Date): Promise<number> {
  const { count } = await db().paymentDiscrepancy.updateMany({
    where: { providerIntentId: intentId, closedAt: null },
    data: { closedAt: at, note: 'Both say the same by now.' },
  })
  return count
}

/** How many differences wait for an operator: every page of the console asks. */
export async function countOpenDiscrepancies(actor: Pick<Actor, 'isOperator'>): Promise<number> {
  assertOperator(actor)
  return db().paymentDiscrepancy.count({ where: { closedAt: null } })
}

const PAGE = 50

export type DiscrepancyLine = PaymentDiscrepancy & {
  /** The order that the money is for, where one is known and still there. */
  order: { id: string; number: number; accountId: string; account: { name: string } } | null
}

/** A page of the differences to the payment provider, the newest first; the open ones, or all. */
export async function listDiscrepancies(
  actor: Pick<Actor, 'isOperator'>,
  { isOpen = true, cursor }: { isOpen?: boolean; cursor?: string | undefined } = {},
): Promise<{ discrepancies: DiscrepancyLine[]; nextCursor: string | null }> {
  assertOperator(actor)
  const rows = await db().paymentDiscrepancy.findMany({
    where: isOpen ? { closedAt: null } : {},
    orderBy: [{ foundAt: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
    ...(cursor && isId(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
  })
  const discrepancies = await withOrders(rows.slice(0, PAGE))
  return { discrepancies, nextCursor: rows.length > PAGE ? (discrepancies.at(-1)?.id ?? null) : null }
}

async function withOrders(rows: PaymentDiscrepancy[]): Promise<DiscrepancyLine[]> {
  const orders = await db().order.findMany({
    where: { id: { in: rows.flatMap(({ orderId }) => orderId ?? []) } },
    select: { id: true, number: true, accountId: true, account: { select: { name: true } } },
  })
  return rows.map((row) => ({ ...row, order: orders.find(({ id }) => id === row.orderId) ?? null }))
}

export type DiscrepancyClosed = { ok: true } | { ok: false; message: string; fields?: Record<string, string> }

/** Closes a difference that an operator has seen to, with what they did about it. */
export async function closeDiscrepancy(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  id: string,
  note: string,
): Promise<DiscrepancyClosed> {
  assertOperator(actor)
  const given = givenWords(note, { field: 'note', ask: 'Say in a few words what was done about it.' })
  if (!given.ok) return given
  const { words } = given
  const isDone = await db().$transaction(async (tx) => {
    const { count } = await tx.paymentDiscrepancy.updateMany({
      where: { id: isId(id) ? id : '', closedAt: null },
      data: { closedAt: now(), closedBy: actor.email, note: words },
    })
    const done = { act: 'close discrepancy', subject: `discrepancy/${id}`, details: { note: words } } as const
    if (count === 1) await recordAct(tx, actor, done)
    return count === 1
  })
  return isDone ? { ok: true } : { ok: false, message: 'There is no such open difference.' }
}
