import { randomUUID } from 'node:crypto'
import { now } from '../clock'
import { db, type Tx } from '../db'
import { publish } from '../outbox/publish'
import type { CheckResult, Finding } from './check'
import { decideIncidents } from './decide-incidents'
import { listOpenIncidents } from './incidents'

/** What the checks have changed, in numbers; and those that could not be made, by name. */
export type IncidentsWritten = { opened: number; closed: number; notMade: string[] }

/**
 * Opens an incident for what is newly wrong and closes those that are over, each with the event by which it is told. Safe to
 * repeat: of a kind and subject one is open at most, and what is closed already is not closed again.
 */
export async function writeIncidents(results: readonly CheckResult[]): Promise<IncidentsWritten> {
  const at = now()
  const written = await db().$transaction(async (tx) => {
    const { opened, retold, closed } = decideIncidents(await listOpenIncidents(tx), results)
    for (const { id, message } of retold) await tx.incident.update({ where: { id }, data: { message } })
    const counts = { opened: 0, closed: 0 }
    for (const finding of opened) if (await open(tx, finding, at)) counts.opened++
    for (const id of closed) if (await close(tx, id, at)) counts.closed++
    return counts
  })
  return { ...written, notMade: results.filter(({ isMade }) => !isMade).map(({ id }) => id) }
}

async function open(tx: Tx, finding: Finding, openedAt: Date): Promise<boolean> {
  const id = randomUUID()
  const row = { id, ...finding, message: finding.message.slice(0, 500).toWellFormed(), openedAt }
  const { count } = await tx.incident.createMany({ data: [row], skipDuplicates: true })
  if (count === 1) await publish(tx, { name: 'incident/opened', id: `incident/${id}/opened`, data: { incidentId: id } })
  return count === 1
}

async function close(tx: Tx, id: string, closedAt: Date): Promise<boolean> {
  const { count } = await tx.incident.updateMany({ where: { id, closedAt: null }, data: { closedAt } })
  if (count === 1) await publish(tx, { name: 'incident/closed', id: `incident/${id}/closed`, data: { incidentId: id } })
  return count === 1
}
