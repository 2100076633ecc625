import { NonRetriableError } from 'inngest'
import { now } from '../clock'
import { db } from '../db'

/** One invocation that a replay makes: the function, and what it is given. */
export type Invocation = { functionId: string; data: Record<string, unknown> }

/**
 * Begins a replay: notes the run that performs it, so that the new runs, its children, can be found.
 * @returns an invocation for each event that the failed run had.
 * @throws NonRetriableError when there is no such replay.
 */
export async function beginReplay(replayId: string, runId: string): Promise<Invocation[]> {
  const replay = await db().replay.findUnique({ where: { id: replayId }, include: { deadLetter: true } })
  if (!replay) throw new NonRetriableError(`There is no replay ${replayId}.`)
  await db().replay.updateMany({ where: { id: replayId, runId: null }, data: { runId } })
  const { functionId, events } = replay.deadLetter
  if (replay.data) return [{ functionId, data: replay.data as Record<string, unknown> }]
  return (events as { data: Record<string, unknown> }[]).map(({ data }) => ({ functionId, data }))
}

/** Ends a replay. A failure of the new run has made a dead letter of its own, so this one is done with either way. */
export async function endReplay(replayId: string, { failedAgain }: { failedAgain: boolean }): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.replay.updateMany({ where: { id: replayId, endedAt: null }, data: { endedAt: now(), failedAgain } })
    const { deadLetterId } = await tx.replay.findUniqueOrThrow({ where: { id: replayId } })
    await tx.deadLetter.updateMany({
      where: { id: deadLetterId, status: 'replaying' },
      data: { status: 'replayed', closedAt: now() },
    })
  })
}

/** Opens a letter again whose replay has itself failed or was cancelled; nothing leaves the list by itself. */
export async function abandonReplay(runId: string): Promise<void> {
  const replay = await db().replay.findUnique({ where: { runId } })
  if (!replay || replay.endedAt) return
  await db().$transaction(async (tx) => {
    await tx.replay.update({ where: { id: replay.id }, data: { endedAt: now(), failedAgain: true } })
    await tx.deadLetter.updateMany({
      where: { id: replay.deadLetterId, status: 'replaying' },
      data: { status: 'open' },
    })
  })
}
