import { type Actor, assertOperator } from '../auth/actor'
import { db, type Prisma } from '../db'
import type { DeadLetter, DeadLetterGroup, DeadLetterStatus, Replay, Run } from '../db/generated/client'
import { isId } from '../is-id'
import { redact } from '../redaction'

type Operator = Pick<Actor, 'isOperator'>

export const deadLetterStatuses = [
  'open',
  'replaying',
  'replayed',
  'discarded',
] as const satisfies readonly DeadLetterStatus[]

export type GroupLine = DeadLetterGroup & {
  /** Letters of the status that was asked for. */
  count: number
  /** What the newest of them says, in full. */
  message: string
}

const MOST_GROUPS = 200
const PAGE_SIZE = 50

/** The groups that have letters of a status, those with the newest failures first. */
export async function listGroups(actor: Operator, status: DeadLetterStatus): Promise<GroupLine[]> {
  assertOperator(actor)
  return db().$queryRaw<GroupLine[]>`
    SELECT letter_group.*, of_status."count", newest."message"
    FROM "DeadLetterGroup" AS letter_group
    JOIN (
      SELECT "groupId", count(*)::int AS "count", max("failedAt") AS "failedAt" FROM "DeadLetter"
      WHERE "status" = ${status}::"dead_letter_status" GROUP BY "groupId"
    ) AS of_status ON of_status."groupId" = letter_group."id"
    CROSS JOIN LATERAL (
      SELECT "error"->>'message' AS "message" FROM "DeadLetter"
      WHERE "groupId" = letter_group."id" AND "status" = ${status}::"dead_letter_status" ORDER BY "failedAt" DESC LIMIT 1
    ) AS newest
    ORDER BY of_status."failedAt" DESC
    LIMIT ${MOST_GROUPS}`
}

/** How many letters wait for an operator; by an index, since every page of the console asks. */
export async function countOpenDeadLetters(actor: Operator): Promise<number> {
  assertOperator(actor)
  return db().deadLetter.count({ where: { status: 'open' } })
}

/** How many letters there are in each status, in all groups or in one. */
export async function countDeadLetters(actor: Operator, groupId?: string): Promise<Record<DeadLetterStatus, number>> {
  assertOperator(actor)
  const where = groupId === undefined ? {} : { groupId: isId(groupId) ? groupId : '' }
  const counts = await db().deadLetter.groupBy({ by: ['status'], where, _count: true })
  const of = (status: DeadLetterStatus) => counts.find((each) => each.status === status)?._count ?? 0
  return { open: of('open'), replaying: of('replaying'), replayed: of('replayed'), discarded: of('discarded') }
}

export type LetterLine = Pick<DeadLetter, 'id' | 'runId' | 'status' | 'failedAt' | 'attempts' | 'isRedacted'> & {
  message: string
}
export type GroupView = {
  group: DeadLetterGroup
  letters: LetterLine[]
  counts: Record<DeadLetterStatus, number>
  nextCursor: string | null
}

/**
 * One group and a page of its letters of a status, newest first; null when there is none of this id.
 * @param cursor the last page's `nextCursor`.
 */
export async function findGroup(
  actor: Operator,
  id: string,
  { status, cursor }: { status: DeadLetterStatus; cursor?: string | undefined },
): Promise<GroupView | null> {
  assertOperator(actor)
  const group = isId(id) ? await db().deadLetterGroup.findUnique({ where: { id } }) : null
  if (!group) return null
  const select = { id: true, runId: true, status: true, failedAt: true, attempts: true, isRedacted: true, error: true }
  const [found, counts] = await Promise.all([
    db().deadLetter.findMany({
      where: { groupId: id, status },
      orderBy: [{ failedAt: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
      select,
      ...(cursor && isId(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
    }),
    countDeadLetters(actor, id),
  ])
  const letters = found.slice(0, PAGE_SIZE).map(({ error, ...letter }) => ({ ...letter, message: messageOf(error) }))
  return { group, letters, counts, nextCursor: found.length > PAGE_SIZE ? (letters.at(-1)?.id ?? null) : null }
}

export type ReplayLine = Replay & { newRuns: Pick<Run, 'id' | 'status' | 'queuedAt'>[] }
export type DeadLetterView = {
  letter: DeadLetter
  group: DeadLetterGroup
  /** Newest first, each with the runs that it has made. */
  replays: ReplayLine[]
  /** The letter whose replay this failure came of. */
  cameOf: { id: string; runId: string } | null
}

/** One dead letter with its replays; null when there is none of this id. */
export async function findDeadLetter(actor: Operator, id: string): Promise<DeadLetterView | null> {
  assertOperator(actor)
  const include = { group: true, replays: { orderBy: { requestedAt: 'desc' } } } as const
  const found = isId(id) ? await db().deadLetter.findUnique({ where: { id }, include }) : null
  if (!found) return null
  const { group, replays, ...letter } = found
  const runIds = replays.map(({ runId }) => runId).filter((runId) => runId !== null)
  const [newRuns, origin] = await Promise.all([
    db().run.findMany({
      where: { parentRunId: { in: runIds } },
      select: { id: true, status: true, queuedAt: true, parentRunId: true },
      orderBy: { queuedAt: 'asc' },
    }),
    letter.fromReplayId
      ? db().replay.findUnique({ where: { id: letter.fromReplayId }, select: { deadLetter: true } })
      : null,
  ])
  return {
    letter,
    group,
    replays: replays.map((replay) => ({
      ...replay,
      // It is kept as it was given, since it is to be run with; what is shown of it is not.
      data: redact(replay.data) as Prisma.JsonValue,
      newRuns: newRuns.filter(({ parentRunId }) => parentRunId === replay.runId),
    })),
    cameOf: origin ? { id: origin.deadLetter.id, runId: origin.deadLetter.runId } : null,
  }
}

function messageOf(error: Prisma.JsonValue): string {
  const { message } = (error ?? {}) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}
