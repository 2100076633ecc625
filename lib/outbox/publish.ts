import { randomUUID } from 'node:crypto'
import type { Prisma, Tx } from '../db'
import { type EventData, type EventName, eventSchemas } from '../events'

export type Published<Name extends EventName> = {
  name: Name
  data: EventData<Name>
  /** From the business fact where there is one: the same id twice is one event. */
  id?: string
  /** The instant from which its functions may start. */
  deliverAt?: Date
}

/**
 * Writes an event beside the fact it tells of, in the caller's transaction: both are there, or neither is. The relay
 * sends it once the transaction is committed.
 * @returns the event's id.
 * @throws ZodError when the data doesn't fit the event's schema; nothing is written then.
 */
export async function publish<Name extends EventName>(tx: Tx, event: Published<Name>): Promise<string> {
  const [id = ''] = await publishAll(tx, [event])
  return id
}

/**
 * Writes many events at once, as `publish` writes one.
 * @returns their ids, in the same order.
 * @throws ZodError when the data of one doesn't fit its schema; none is written then.
 */
export async function publishAll<Name extends EventName>(
  tx: Tx,
  events: readonly Published<Name>[],
): Promise<string[]> {
  const rows = events.map(({ name, data, id = randomUUID(), deliverAt = null }) => ({
    ...{ id, name, deliverAt },
    data: eventSchemas[name].parse(data) as Prisma.InputJsonObject,
  }))
  await tx.outboxEvent.createMany({ data: rows, skipDuplicates: true })
  return rows.map(({ id }) => id)
}
