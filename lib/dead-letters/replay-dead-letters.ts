import { randomUUID } from 'node:crypto'
import { recordActs } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db, type Prisma, type Tx } from '../db'
import { isId } from '../is-id'
import { publishAll } from '../outbox/publish'
import { checkEdit, type Edit } from './check-edit'
import { closedWords, UNKNOWN_LETTER } from './closed-words'

export type ReplayAnswer =
  | { ok: true; replays: number }
  | { ok: false; message: string; fields?: Record<string, string> }

type Operator = Pick<Actor, 'userId' | 'email' | 'isOperator'>

/** Letters of a group that are asked for in one transaction. */
const AT_ONCE = 500

/**
 * Asks for one dead letter's work to be done again, as it was or with edited data; `replay-dead-letter` does it.
 * @param edit the data instead of the letter's own.
 */
export async function replayDeadLetter(actor: Operator, id: string, edit?: Edit): Promise<ReplayAnswer> {
  assertOperator(actor)
  const letter = isId(id) ? await db().deadLetter.findUnique({ where: { id } }) : null
  if (!letter) return { ok: false, message: UNKNOWN_LETTER }
  const edited = edit ? checkEdit(letter.events as { name: string }[], edit) : undefined
  if (edited && !edited.ok) return edited
  if (!edited && letter.isRedacted)
    return { ok: false, message: 'Parts of the payload, such as secrets, are not kept. Replay it with edited data.' }
  const replays = await db().$transaction((tx) => request(tx, actor, [id], edited?.data))
  return replays === 1 ? { ok: true, replays } : { ok: false, message: await closedWords(id) }
}

/** Asks for all open letters of a group to be replayed as they were. */
export async function replayGroup(actor: Operator, groupId: string): Promise<ReplayAnswer> {
  assertOperator(actor)
  const group = isId(groupId) ? await db().deadLetterGroup.findUnique({ where: { id: groupId } }) : null
  if (!group) return { ok: false, message: 'There is no such group.' }
  const letters = await db().deadLetter.findMany({
    where: { groupId, status: 'open', isRedacted: false },
    orderBy: [{ failedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  let replays = 0
  for (let from = 0; from < letters.length; from += AT_ONCE) {
    const ids = letters.slice(from, from + AT_ONCE).map(({ id }) => id)
    replays += await db().$transaction((tx) => request(tx, actor, ids))
  }
  return replays > 0
    ? { ok: true, replays }
    : { ok: false, message: 'Nothing in this group can be replayed as it was.' }
}

/**
 * Losing a race to another operator is a normal answer: each letter is replayed by the one who came first.
 * @returns how many letters were still open.
 */
async function request(tx: Tx, actor: Operator, ids: string[], data?: Prisma.InputJsonObject): Promise<number> {
  const taken = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "DeadLetter" SET "status" = 'replaying' WHERE "id" = ANY (${ids}) AND "status" = 'open' RETURNING "id"`
  const asked = { requestedBy: actor.email, requestedAt: now(), ...(data ? { data } : {}) }
  const replays = taken.map(({ id }) => ({ id: randomUUID(), deadLetterId: id, ...asked }))
  await tx.replay.createMany({ data: replays })
  await publishAll(
    tx,
    replays.map(({ id, deadLetterId }) => ({
      name: 'dead-letter/replay-requested',
      id: `replay/${id}`,
      data: { deadLetterId, replayId: id },
    })),
  )
  const details = { edited: data !== undefined }
  await recordActs(
    tx,
    actor,
    taken.map(({ id }) => ({ act: 'replay', subject: `dead-letter/${id}`, details })),
  )
  return taken.length
}
