import { NonRetriableError } from 'inngest'
import { now } from '../clock'
import { db, type Prisma } from '../db'
import type { Letter, LetterBatch } from '../db/generated/client'
import { publishAll } from '../outbox/publish'
import type { LetterTemplate } from './letters'
import { isRefusal, resendClient, thrownError } from './resend'
import { OUTCOME_LIMIT_MS } from './send-letter'
import { writeLetter } from './write-letter'

export type BatchSent =
  | { sent: number }
  /** It was refused as a whole, and each of its letters is asked for by itself. */
  | { apart: number }

type Batch = LetterBatch & { letters: Letter[] }

/**
 * Sends a batch of letters in one call, once: the provider knows it by the batch's own id, and its members stand since
 * before the first try.
 * @throws NonRetriableError when its outcome is unknown; another error, or RetryAfterError, when a later try may succeed.
 */
export async function sendLetterBatch(batchId: string): Promise<BatchSent> {
  const batch = await db().letterBatch.findUnique({
    where: { id: batchId },
    include: { letters: { orderBy: { key: 'asc' } } },
  })
  if (!batch) return { sent: 0 }
  if (batch.status === 'sent') return { sent: batch.letters.length }
  if (batch.status === 'apart') return { apart: batch.letters.length }
  const isLate = batch.firstTryAt !== null && Date.now() - batch.firstTryAt.getTime() > OUTCOME_LIMIT_MS
  if (batch.status === 'unknown' || isLate) return giveUp(batch)
  await db().letterBatch.updateMany({ where: { id: batchId, firstTryAt: null }, data: { firstTryAt: new Date() } })
  return dispatch(batch)
}

async function dispatch(batch: Batch): Promise<BatchSent> {
  const written = await Promise.all(batch.letters.map(writeLetter))
  const { data, error, headers } = await resendClient().batch.send(written, { idempotencyKey: batch.id })
  if (data) return noteSent(batch, data.data)
  // The key was used before, with a body of another version of this code: that first try may well have arrived.
  if (error.name === 'invalid_idempotent_request') return giveUp(batch)
  if (isRefusal(error)) return takeApart(batch, error.message)
  await db().letterBatch.updateMany({
    where: { id: batch.id, status: 'sending' },
    data: { lastError: error.message, attempts: { increment: 1 } },
  })
  throw thrownError(error, headers, now())
}

async function noteSent({ id, letters }: Batch, answers: { id: string }[]): Promise<BatchSent> {
  const sentAt = now()
  const rows = letters.map((letter, i) => ({ id: letter.id, providerId: answers[i]?.id ?? null }))
  await db().$transaction(async (tx) => {
    const { count } = await tx.letterBatch.updateMany({
      where: { id, status: 'sending' },
      data: { status: 'sent', lastError: null, attempts: { increment: 1 } },
    })
    if (count === 0) return
    await tx.$executeRaw`
      UPDATE "Letter" AS letter
      SET "status" = 'sent', "sentAt" = ${sentAt}, "providerId" = answer."providerId", "attempts" = "attempts" + 1
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS answer ("id" text, "providerId" text)
      WHERE letter."id" = answer."id" AND letter."status" = 'sending'`
  })
  return { sent: letters.length }
}

/** One bad address is enough for a refusal, and nothing went out: each letter goes by itself, as any single one. */
async function takeApart({ id, letters }: Batch, reason: string): Promise<BatchSent> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.letterBatch.updateMany({
      where: { id, status: 'sending' },
      data: { status: 'apart', lastError: reason, attempts: { increment: 1 } },
    })
    if (count === 0) return
    // From here on their own first try counts.
    await tx.letter.updateMany({ where: { batchId: id }, data: { firstTryAt: new Date() } })
    await publishAll(
      tx,
      letters.map(({ id: letterId, key, to, subject, template, data }) => ({
        ...{ name: 'email/requested' as const, id: `letter-apart/${letterId}` },
        data: { to, subject, template: template as LetterTemplate, data: data as Prisma.JsonObject, key },
      })),
    )
  })
  return { apart: letters.length }
}

async function giveUp({ id }: Batch): Promise<never> {
  await db().$transaction([
    db().letterBatch.updateMany({ where: { id, status: 'sending' }, data: { status: 'unknown' } }),
    db().letter.updateMany({ where: { batchId: id, status: 'sending' }, data: { status: 'unknown' } }),
  ])
  throw new NonRetriableError(
    `Whether the letters of batch ${id} went out is not known; look them up at the provider before sending again.`,
  )
}
