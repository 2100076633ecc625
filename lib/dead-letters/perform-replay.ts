import { NonRetriableError } from 'inngest'
import { now } from '../clock'
import { db, type Prisma, type Tx } from '../db'
import type { Replay } from '../db/generated/client'
import { eventSchemas } from '../events'
import { redact } from '../redaction'

/** One invocation that a replay makes: the function, and what it is given. */
export type Invocation = { functionId: string; data: Record<string, unknown> }

/**
 * Begins a replay: notes the run that performs it, so that the new runs, its children, can be found.
 * @returns an invocation for each event that the failed run had; null when the replay is over, or another run's.
 * @throws NonRetriableError when there is no such replay.
 */
export async function beginReplay(replayId: string, runId: string): Promise<Invocation[] | null> {
  const replay = await db().replay.findUnique({ where: { id: replayId }, include: { deadLetter: true } })
  if (!replay) throw new NonRetriableError(`There is no replay ${replayId}.`)
  const { count } = await db().replay.updateMany({
    where: { id: replayId, endedAt: null, OR: [{ runId: null }, { runId }] },
    data: { runId },
  })
  if (count === 0) return null
  const { functionId, events } = replay.deadLetter
  if (replay.data) return [{ functionId, data: replay.data as Record<string, unknown> }]
  return (events as { data: Record<string, unknown> }[]).map(({ data }) => ({ functionId, data }))
}

/**
 * Ends a replay. A new run that has failed makes a dead letter of its own, and this one is done with; where no run has
 * (the function is gone, or the new run was cancelled), it is open again.
 */
export async function endReplay(replayId: string, { failedAgain }: { failedAgain: boolean }): Promise<void> {
  await db().$transaction(async (tx) => {
    const replay = await tx.replay.findUniqueOrThrow({ where: { id: replayId } })
    if (!(await closeReplay(tx, replay, failedAgain))) return
    const { deadLetterId } = replay
    const isReplaced = (await tx.deadLetter.count({ where: { fromReplayId: replayId } })) > 0
    const isDone = !failedAgain || isReplaced
    await tx.deadLetter.updateMany({
      where: { id: deadLetterId, status: 'replaying' },
      data: isDone ? { status: 'replayed', closedAt: now() } : { status: 'open' },
    })
  })
}

/**
 * Edited data may hold a secret that somebody has typed in for this one time; from here on nobody needs it.
 * @returns false where the replay is over already.
 */
async function closeReplay(tx: Tx, { id, data }: Replay, failedAgain: boolean): Promise<boolean> {
  const { count } = await tx.replay.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now(), failedAgain, ...(data ? { data: redact(data) as Prisma.InputJsonObject } : {}) },
  })
  return count === 1
}

/** The new run of a replay has made a letter of its own: the old one is done with, unless it is replayed once more. */
export async function closeReplayed(tx: Tx, replayId: string): Promise<void> {
  const { deadLetterId } = await tx.replay.findUniqueOrThrow({ where: { id: replayId } })
  const latest = await tx.replay.findFirst({ where: { deadLetterId }, orderBy: { requestedAt: 'desc' } })
  if (latest?.id !== replayId) return
  await tx.deadLetter.updateMany({
    where: { id: deadLetterId, status: { in: ['open', 'replaying'] } },
    data: { status: 'replayed', closedAt: now() },
  })
}

const requested = eventSchemas['dead-letter/replay-requested']

/**
 * Opens a letter again whose replay has itself failed or was cancelled, be it before its first step; nothing leaves the
 * list by itself.
 */
export async function abandonReplay(ended: { runId: string; events: readonly { data?: unknown }[] }): Promise<void> {
  const { replayId } = requested.safeParse(ended.events[0]?.data).data ?? {}
  const replay = replayId ? await db().replay.findUnique({ where: { id: replayId } }) : null
  if (!replay || (replay.runId ?? ended.runId) !== ended.runId) return
  await db().$transaction(async (tx) => {
    if (!(await closeReplay(tx, replay, true))) return
    await tx.deadLetter.updateMany({
      where: { id: replay.deadLetterId, status: 'replaying' },
      data: { status: 'open' },
    })
  })
}
