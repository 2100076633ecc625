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
  const data = eventSchemas[event.name].parse(event.data) as Prisma.InputJsonObject
  const id = event.id ?? randomUUID()
  const row = { id, name: event.name, data, deliverAt: event.deliverAt ?? null }
  await tx.outboxEvent.createMany({ data: [row], skipDuplicates: true })
  return id
}
