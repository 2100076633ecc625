import { randomUUID } from 'node:crypto'
import { listOperatorEmails } from '../auth/operators'
import { db, type Prisma, type Tx } from '../db'
import { env } from '../env'
import { publish } from '../outbox/publish'
import { redact } from '../redaction'
import { confirmEnd } from '../runs/confirm-end'
import { type KeptError, keptError } from '../runs/kept-value'
import { ledgerWritten } from '../runs/writer'
import { foldCause } from './fold-cause'
import { closeReplayed } from './perform-replay'

/** A run that has failed for good, as `inngest/function.failed` tells of it. */
export type FailedRun = {
  runId: string
  functionId: string
  failedAt: Date
  error: unknown
  events: { id?: string; name: string; data?: unknown; ts?: number }[]
}

export type Recorded = { deadLetterId: string; isNewGroup: boolean }

/**
 * Writes a dead letter for a failed run, and into the ledger that the server has told of its failure. The first of a
 * new group also alerts the operators, once. Safe to repeat.
 */
export async function recordDeadLetter(failed: FailedRun): Promise<Recorded> {
  // What this process has seen of the failure may still be on its way to the ledger, which takes no more once it is told.
  await ledgerWritten({ withinMs: 2_000 })
  await confirmEnd({ ...failed, status: 'failed', endedAt: failed.failedAt })
  const operators = await listOperatorEmails()
  const error = keptError(failed.error)
  const attempts = await attemptsOf(failed.runId)
  return db().$transaction(async (tx) => {
    const known = await tx.deadLetter.findUnique({ where: { runId: failed.runId } })
    if (known) return { deadLetterId: known.id, isNewGroup: false }
    const { groupId, isNew } = await joinGroup(tx, failed, error)
    const row = await letterRow(tx, failed, error)
    await tx.deadLetter.create({ data: { ...row, groupId, attempts } })
    if (row.fromReplayId) await closeReplayed(tx, row.fromReplayId)
    if (isNew) await alert(tx, operators, { groupId, functionId: failed.functionId, message: error.message })
    return { deadLetterId: row.id, isNewGroup: isNew }
  })
}

async function joinGroup(
  tx: Tx,
  { functionId, failedAt }: FailedRun,
  error: KeptError,
): Promise<{ groupId: string; isNew: boolean }> {
  const key = { functionId, errorName: error.name, cause: foldCause(error.message) }
  const group = { id: randomUUID(), ...key, firstAt: failedAt, lastAt: failedAt, alertedAt: failedAt }
  const { count } = await tx.deadLetterGroup.createMany({ data: [group], skipDuplicates: true })
  if (count === 1) return { groupId: group.id, isNew: true }
  const where = { functionId_errorName_cause: key }
  const { id } = await tx.deadLetterGroup.findUniqueOrThrow({ where, select: { id: true } })
  await tx.deadLetterGroup.updateMany({ where: { id, lastAt: { lt: failedAt } }, data: { lastAt: failedAt } })
  return { groupId: id, isNew: false }
}

async function letterRow(tx: Tx, { runId, functionId, failedAt, events }: FailedRun, error: KeptError) {
  const given = events.map(({ name, data }) => ({ name, data: ownData(data) }))
  // In full, however much it is: it is to be run with again.
  const kept = redact(given, Number.POSITIVE_INFINITY)
  const [first] = events
  const replay = await tx.replay.findUnique({ where: { runId: invokerOf(first?.data) }, select: { id: true } })
  return {
    ...{ id: randomUUID(), runId, functionId, failedAt },
    events: kept as Prisma.InputJsonArray,
    isRedacted: JSON.stringify(kept) !== JSON.stringify(given),
    error: error as Prisma.InputJsonObject,
    fromReplayId: replay?.id ?? null,
  }
}

/** What the sender gave, without the server's own additions. */
function ownData(data: unknown): Record<string, unknown> {
  const { _inngest, ...own } = (data ?? {}) as Record<string, unknown>
  return own
}

/** The run that has invoked this one; an empty text where none has. */
function invokerOf(data: unknown): string {
  const id = (data as { _inngest?: { correlation_id?: unknown } } | undefined)?._inngest?.correlation_id
  return typeof id === 'string' ? (id.split('.')[0] ?? '') : ''
}

/** A step that has used up its attempts fails the run's code at its first one: the latest failure counts. */
async function attemptsOf(runId: string): Promise<number> {
  const [latest, run] = await Promise.all([
    db().failedAttempt.findFirst({ where: { runId }, orderBy: [{ endedAt: 'desc' }, { attempt: 'desc' }] }),
    db().run.findUnique({ where: { id: runId }, select: { attempt: true } }),
  ])
  return (latest?.attempt ?? run?.attempt ?? 0) + 1
}

async function alert(
  tx: Tx,
  operators: string[],
  { groupId, functionId, message }: { groupId: string; functionId: string; message: string },
): Promise<void> {
  const groupUrl = `${env().appUrl}/console/dead-letters/${groupId}`
  const data = { functionId, message: message.slice(0, 500).toWellFormed(), groupUrl }
  for (const to of operators) {
    const key = `dead-letter-group/${groupId}/${to}`.slice(0, 200)
    const letter = {
      to,
      subject: `${functionId} fails in a new way`,
      template: 'dead-letter-alert' as const,
      data,
      key,
    }
    await publish(tx, { name: 'email/requested', id: `email/${key}`, data: letter })
  }
}
