import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { NonRetriableError } from 'inngest'
import type { ErrorResponse } from 'resend'
import { now } from '../clock'
import { db, type Prisma } from '../db'
import type { Letter } from '../db/generated/client'
import { type LetterTemplate, letterKind } from './letters'
import { isRefusal, resendClient, thrownError } from './resend'
import { isUnsubscribed } from './unsubscribe'
import { writeLetter } from './write-letter'

export type LetterOrder = {
  /** The business fact, e.g. `welcome/<userId>`: one letter goes out for it, whoever asks and however often. */
  key: string
  to: string
  template: LetterTemplate
  data: unknown
  /** The template's own where none is given. */
  subject?: string
}

export type LetterSent = { sent: true; timestamp: string; alreadySent?: true }
export type LetterUnwanted = { sent: false; reason: 'unsubscribed' }

/** A provider forgets an idempotency key after 24 h; from here on another try could send twice. Real time. */
export const OUTCOME_LIMIT_MS = 20 * 3_600_000

/**
 * Sends a letter once. The ledger's row is claimed, and frozen, before the provider is called under the same key; so
 * whatever dies in between, a later try sends the same letter or finds that it went out. None is begun to somebody who
 * wants no more of its kind.
 * @throws NonRetriableError when the letter is refused for good or its outcome is unknown; another error, or
 *   RetryAfterError, when a later try may succeed.
 */
export async function sendLetter(order: LetterOrder): Promise<LetterSent | LetterUnwanted> {
  if (await isUnwanted(order)) return { sent: false, reason: 'unsubscribed' }
  return sendClaimed(await claim(order))
}

/**
 * Sends a letter whose row stands in the ledger, once.
 * @throws as `sendLetter`.
 */
export async function sendClaimed(letter: Letter): Promise<LetterSent> {
  if (letter.sentAt) return { sent: true, timestamp: letter.sentAt.toISOString(), alreadySent: true }
  if (letter.status === 'unknown' || Date.now() - letter.firstTryAt.getTime() > OUTCOME_LIMIT_MS) return giveUp(letter)
  return dispatch(letter)
}

/** What has begun goes its way: it may have gone out already. */
async function isUnwanted({ key, to, template, data }: LetterOrder): Promise<boolean> {
  const { topic, data: schema } = letterKind(template)
  if (!topic || !(await isUnsubscribed({ email: to, topic: topic(schema.parse(data)) }))) return false
  return (await db().letter.findUnique({ where: { key }, select: { id: true } })) === null
}

async function claim(order: LetterOrder): Promise<Letter> {
  const { key } = order
  const known = await db().letter.findUnique({ where: { key } })
  if (known && known.status !== 'failed') return known
  const row = rowOf(order)
  if (known) await beginAnew(known, row)
  else await db().letter.createMany({ data: [{ id: randomUUID(), key, ...row }], skipDuplicates: true })
  return db().letter.findUniqueOrThrow({ where: { key } })
}

/**
 * A letter that was refused has never gone out, so whoever asks for it once more (a replay, say) may be lucky with what
 * they ask for. The provider gives the same answer to the same key, so its key is another one.
 */
async function beginAnew({ id, refusals }: Letter, row: ReturnType<typeof rowOf>): Promise<void> {
  await db().letter.updateMany({
    where: { id, status: 'failed', refusals },
    data: { ...row, status: 'sending', refusals: refusals + 1, firstTryAt: new Date() },
  })
}

/** What the ledger keeps of a letter: checked, and with the subject that it goes out under. */
export function rowOf({ to, template, data, subject }: LetterOrder) {
  const kind = letterKind(template)
  const checked = kind.data.parse(data) as Prisma.InputJsonObject
  const secretId = typeof checked.secretId === 'string' ? checked.secretId : null
  return { to, template, data: checked, secretId, subject: subject ?? kind.subject(checked) }
}

async function dispatch(letter: Letter): Promise<LetterSent> {
  const { data, error, headers } = await resendClient().emails.send(await writeLetter(letter), {
    idempotencyKey: providerKey(letter),
  })
  if (data) return noteSent(letter, data.id)
  return failed(letter, error ?? { name: 'application_error', message: 'no answer', statusCode: null }, headers)
}

function providerKey({ key, refusals }: Letter): string {
  return refusals === 0 ? key : `${key}#${refusals}`
}

async function noteSent({ id }: Letter, providerId: string): Promise<LetterSent> {
  const sentAt = now()
  const { count } = await db().letter.updateMany({
    where: { id, status: 'sending' },
    data: { status: 'sent', sentAt, providerId, lastError: null, attempts: { increment: 1 } },
  })
  if (count > 0) return { sent: true, timestamp: sentAt.toISOString() }
  const { sentAt: first } = await db().letter.findUniqueOrThrow({ where: { id } })
  return { sent: true, timestamp: (first ?? sentAt).toISOString(), alreadySent: true }
}

async function failed(
  letter: Letter,
  error: ErrorResponse,
  headers: Record<string, string> | null,
): Promise<LetterSent> {
  if (error.name === 'concurrent_idempotent_requests') {
    const sentByOther = await awaitOther(letter.id)
    if (sentByOther) return sentByOther
  }
  // The key was used before, with a body of another version of this code: that first try may well have arrived.
  if (error.name === 'invalid_idempotent_request') return giveUp(letter)
  const status = isRefusal(error) ? 'failed' : 'sending'
  await db().letter.updateMany({
    where: { id: letter.id, status: 'sending' },
    data: { status, lastError: error.message, attempts: { increment: 1 } },
  })
  throw thrownError(error, headers, now())
}

/** The same letter is being sent by somebody else at this moment: their outcome is ours. */
async function awaitOther(id: string): Promise<LetterSent | undefined> {
  for (let tries = 0; tries < 20; tries++) {
    await sleep(50)
    const letter = await db().letter.findUnique({ where: { id } })
    if (letter?.sentAt) return { sent: true, timestamp: letter.sentAt.toISOString(), alreadySent: true }
  }
  return undefined
}

async function giveUp({ id, key }: Letter): Promise<never> {
  await db().letter.updateMany({ where: { id, status: 'sending' }, data: { status: 'unknown' } })
  throw new NonRetriableError(
    `Whether the letter ${key} went out is not known; look it up at the provider before sending again.`,
  )
}
