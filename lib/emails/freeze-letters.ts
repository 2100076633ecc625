import { randomUUID } from 'node:crypto'
import type { Tx } from '../db'
import { publishAll } from '../outbox/publish'
import { type LetterOrder, rowOf } from './send-letter'

/** What the provider takes in one call. */
const BATCH_SIZE = 100

/**
 * Writes many letters into the ledger, in batches that go out in one call each, in the caller's transaction: who is in a
 * batch stands before it is sent, so that each try sends the same. A letter whose key is there already is left out.
 * @returns how many letters are new.
 */
export async function freezeLetters(tx: Tx, orders: readonly LetterOrder[]): Promise<number> {
  if (orders.length === 0) return 0
  const batchOf = (index: number) => Math.floor(index / BATCH_SIZE)
  const batchIds = Array.from({ length: batchOf(orders.length - 1) + 1 }, () => randomUUID())
  await tx.letterBatch.createMany({ data: batchIds.map((id) => ({ id })) })
  const created = await writeLetters(
    tx,
    orders.map((order, i) => ({ id: randomUUID(), key: order.key, batchId: batchIds[batchOf(i)], ...rowOf(order) })),
  )
  const filled = new Set(created.map(({ batchId }) => batchId))
  const empty = batchIds.filter((id) => !filled.has(id))
  if (empty.length > 0) await tx.letterBatch.deleteMany({ where: { id: { in: empty } } })
  await publishAll(
    tx,
    [...filled].map((batchId) => ({
      ...{ name: 'letters/batch-frozen' as const, id: `letter-batch/${batchId}`, data: { batchId } },
    })),
  )
  return created.length
}

/** @returns of each letter that is new, its batch. */
function writeLetters(tx: Tx, rows: readonly (ReturnType<typeof rowOf> & { key: string })[]) {
  return tx.$queryRaw<{ batchId: string }[]>`
    INSERT INTO "Letter" ("id", "key", "to", "subject", "template", "data", "secretId", "batchId")
    SELECT "id", "key", "to", "subject", "template", "data", "secretId", "batchId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS frozen (
      "id" text, "key" text, "to" text, "subject" text, "template" text, "data" jsonb, "secretId" text, "batchId" text
    )
    ON CONFLICT ("key") DO NOTHING
    RETURNING "batchId"`
}
