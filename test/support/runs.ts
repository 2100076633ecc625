import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db'
import type { RunStatus } from '@/lib/db/generated/client'
import { hasEnded } from '@/lib/runs/statuses'

/** A run by its row alone, as the ledger has it. @returns its id. */
export async function addRun({ record, status }: { record: string; status: RunStatus }): Promise<string> {
  const [id, at] = [randomUUID(), new Date()]
  const of = { functionId: 'some-work', eventId: id, eventName: 'some/event', events: [] }
  const endedAt = hasEnded(status) ? at : null
  await db().run.create({ data: { id, record, status, ...of, queuedAt: at, calledAt: at, endedAt } })
  return id
}
