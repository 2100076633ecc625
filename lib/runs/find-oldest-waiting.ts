import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'

/** Work that nobody has begun. */
export type WaitingWork = {
  functionId: string
  /** From when on it could have begun. */
  since: Date
  /** Null of a sent event of whose run nothing was seen yet. */
  runId: string | null
}

/**
 * What has waited longest for its first call: a run that is queued, or an event that was sent; null when nothing waits.
 * @param at business time: what is due later does not wait.
 */
export async function findOldestWaiting(actor: Pick<Actor, 'isOperator'>, at: Date): Promise<WaitingWork | null> {
  assertOperator(actor)
  // By its literal: of a status that is handed in PostgreSQL can't know that the index of what has not ended holds it.
  const [[queued], awaited] = await Promise.all([
    db().$queryRaw<{ id: string; functionId: string; queuedAt: Date }[]>`
      SELECT "id", "functionId", "queuedAt" FROM "Run" WHERE "status" = 'queued' ORDER BY "queuedAt", "id" LIMIT 1`,
    db().awaitedRun.findFirst({
      where: { dueAt: { lte: at } },
      orderBy: { dueAt: 'asc' },
      select: { functionId: true, dueAt: true },
    }),
  ])
  const waiting: WaitingWork[] = []
  if (queued) waiting.push({ functionId: queued.functionId, since: queued.queuedAt, runId: queued.id })
  if (awaited) waiting.push({ functionId: awaited.functionId, since: awaited.dueAt, runId: null })
  return waiting.sort((a, b) => a.since.getTime() - b.since.getTime())[0] ?? null
}
