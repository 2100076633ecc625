import { randomUUID } from 'node:crypto'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db, type Prisma, type Tx } from '../db'
import type { DeadLetter } from '../db/generated/client'
import { type EventName, eventSchemas } from '../events'
import { publish } from '../outbox/publish'
import { isId } from './is-id'

export type ReplayAnswer =
  | { ok: true; replays: number }
  | { ok: false; message: string; fields?: Record<string, string> }

type Operator = Pick<Actor, 'userId' | 'email' | 'isOperator'>

/** What is edited: the data of the letter's only event, as JSON text. */
export type Edit = { data: string; eventNames: readonly string[] }

const GONE = 'There is no such dead letter.'

/**
 * Asks for one dead letter's work to be done again, as it was or with edited data; `replay-dead-letter` does it.
 * @param edit the data instead of the letter's own, checked against the schema of the event; `eventNames` are those that
 *   trigger the function, for a letter whose run was invoked.
 */
export async function replayDeadLetter(actor: Operator, id: string, edit?: Edit): Promise<ReplayAnswer> {
  assertOperator(actor)
  const letter = isId(id) ? await db().deadLetter.findUnique({ where: { id } }) : null
  if (!letter) return { ok: false, message: GONE }
  const data = edit ? checkEdit(letter, edit) : undefined
  if (data && !data.ok) return data
  if (!data && letter.isRedacted)
    return { ok: false, message: 'Parts of the payload were secrets and are not kept. Replay it with edited data.' }
  const replays = await db().$transaction((tx) => request(tx, actor, [letter], data?.data))
  return replays === 1 ? { ok: true, replays } : { ok: false, message: closedWords(letter) }
}

/** Asks for all open letters of a group to be replayed as they were. */
export async function replayGroup(actor: Operator, groupId: string): Promise<ReplayAnswer> {
  assertOperator(actor)
  if (!isId(groupId)) return { ok: false, message: 'There is no such group.' }
  const replays = await db().$transaction(async (tx) => {
    const letters = await tx.deadLetter.findMany({ where: { groupId, status: 'open', isRedacted: false } })
    return request(tx, actor, letters)
  })
  return replays > 0
    ? { ok: true, replays }
    : { ok: false, message: 'Nothing in this group can be replayed as it was.' }
}

/** Losing a race to another operator is a normal answer: each letter is replayed by the one who came first. */
async function request(tx: Tx, actor: Operator, letters: DeadLetter[], data?: Prisma.InputJsonObject): Promise<number> {
  const ids = letters.map(({ id }) => id)
  const taken = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "DeadLetter" SET "status" = 'replaying' WHERE "id" = ANY (${ids}) AND "status" = 'open' RETURNING "id"`
  for (const { id } of taken) {
    const replay = { id: randomUUID(), deadLetterId: id, requestedBy: actor.email, requestedAt: now() }
    await tx.replay.create({ data: { ...replay, ...(data ? { data } : {}) } })
    await publish(tx, {
      name: 'dead-letter/replay-requested',
      id: `replay/${replay.id}`,
      data: { deadLetterId: id, replayId: replay.id },
    })
    await recordAct(tx, actor, { act: 'replay', subject: `dead-letter/${id}`, details: { edited: data !== undefined } })
  }
  return taken.length
}

function closedWords({ status }: DeadLetter): string {
  if (status === 'discarded') return 'This letter was discarded meanwhile.'
  return 'This letter is being replayed already.'
}

type Checked = { ok: true; data: Prisma.InputJsonObject } | (ReplayAnswer & { ok: false })

function checkEdit(letter: DeadLetter, { data, eventNames }: Edit): Checked {
  const events = letter.events as { name: string }[]
  if (events.length !== 1) return { ok: false, message: 'A batch can only be replayed as it was.' }
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch (error) {
    return wrong('data', `This should be JSON: ${error instanceof Error ? error.message : error}`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return wrong('data', 'This should be a JSON object.')
  const names = [events[0]?.name ?? '', ...eventNames].filter((name): name is EventName => name in eventSchemas)
  const [name] = names
  if (!name) return { ok: true, data: parsed as Prisma.InputJsonObject }
  const results = names.map((each) => eventSchemas[each].safeParse(parsed))
  if (results.some(({ success }) => success)) return { ok: true, data: parsed as Prisma.InputJsonObject }
  const fields: Record<string, string> = {}
  for (const { path, message } of results[0]?.error?.issues ?? []) fields[['data', ...path].join('.')] ??= message
  return { ok: false, message: `The data does not fit ${name}.`, fields }
}

function wrong(field: string, message: string): Checked {
  return { ok: false, message, fields: { [field]: message } }
}
